/** The statistics of an SRT connection, in order; the same since 1.6. */
export const SRT_STATISTICS = `
  packetsSent packetsReceived packetsSentUnique packetsReceivedUnique packetsSendLoss packetsReceivedLoss
  packetsRetrans packetsReceivedRetrans packetsSentACK packetsReceivedACK packetsSentNAK packetsReceivedNAK
  packetsSentKM packetsReceivedKM usSndDuration packetsReceivedBelated packetsSendDrop packetsReceivedDrop
  packetsReceivedUndecrypt bytesReceived bytesSent bytesSentUnique bytesReceivedUnique bytesReceivedLoss
  bytesRetrans bytesReceivedRetrans bytesReceivedBelated bytesSendDrop bytesReceivedDrop
  bytesReceivedUndecrypt usPacketsSendPeriod packetsFlowWindow packetsFlightSize msRTT mbpsSendRate
  mbpsReceiveRate mbpsLinkCapacity bytesAvailSendBuf bytesAvailReceiveBuf mbpsMaxBW byteMSS packetsSendBuf
  bytesSendBuf msSendBuf msSendTsbPdDelay packetsReceiveBuf bytesReceiveBuf msReceiveBuf
  msReceiveTsbPdDelay packetsReorderTolerance packetsReceivedAvgBelatedTime packetsSendLossRate
  packetsReceivedLossRate`;
