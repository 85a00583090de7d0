/** Answers of Debian 12's engines, as they came: status and body. */
interface RecordedAnswers {
  /** Of `avg(avg_over_time(…readers…[60000ms])) * 1` in three steps of a minute; in the second nothing was scraped. */
  readonly numbers: string;
  /** Of `max by (state) (max_over_time(…state…[60000ms]))` in the same steps. */
  readonly words: string;
  readonly nothing: string;
  /** Of a stream. */
  readonly series: string;
  readonly noSeries: string;
  /** To a query that is none, to one that takes too much, and below a wrong path. */
  readonly refused: Readonly<
    Record<'syntax' | 'tooMuch' | 'wrongPath', readonly [status: number, body: string]>
  >;
}

/** When the steps begin that `numbers` and `words` are of, in ms. */
export const RECORDED_FROM_MS = 1_790_000_040_000;

const NOTHING = '{"status":"success","data":{"resultType":"matrix","result":[]}}';
const NUMBERS =
  '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1790000100,"2.5"],[1790000220,"2.5"]]}]}}';
const WORDS =
  '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"state":"idle"},"values":[[1790000100,"1"]]},{"metric":{"state":"live"},"values":[[1790000100,"1"],[1790000220,"1"]]}]}}';
const SERIES =
  '{"status":"success","data":[{"__name__":"mediamtx_monitor_stream_state","server":"main","state":"idle","stream":"cam"},{"__name__":"mediamtx_monitor_stream_state","server":"main","state":"live","stream":"cam"}]}';
/** They answer alike, byte by byte, as long as they do. */
const ALIKE = {
  numbers: NUMBERS,
  words: WORDS,
  nothing: NOTHING,
  series: SERIES,
  noSeries: '{"status":"success","data":[]}',
};

export const RECORDED: Readonly<Record<'Prometheus 2.42.0' | 'VictoriaMetrics 1.79.5', RecordedAnswers>> = {
  'Prometheus 2.42.0': {
    ...ALIKE,
    refused: {
      syntax: [
        400,
        '{"status":"error","errorType":"bad_data","error":"1:5: parse error: unclosed left parenthesis"}',
      ],
      tooMuch: [
        422,
        '{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}',
      ],
      wrongPath: [404, '404 page not found\n'],
    },
  },
  'VictoriaMetrics 1.79.5': {
    ...ALIKE,
    refused: {
      syntax: [
        422,
        String.raw`{"status":"error","errorType":"422","error":"error when executing query=\"avg(\" on the time range (start=1790000100000, end=1790000220000, step=60000): cannot execute query: singleExpr: unexpected token \"\"; want \"(\", \"{\", \"-\", \"+\"; unparsed data: \"\""}`,
      ],
      tooMuch: [
        422,
        String.raw`{"status":"error","errorType":"422","error":"error when executing query=\"avg(up)\" on the time range (start=0, end=1790000220000, step=1000): too many points for the given step=1000, start=0 and end=1790000220000: 1790000221; cannot exceed -search.maxPointsPerTimeseries=30000"}`,
      ],
      wrongPath: [
        400,
        'remoteAddr: "127.0.0.1:55354"; requestURI: /wrong/api/v1/query_range?end=1790000220&query=1&start=1790000100&step=60; unsupported path requested: "/wrong/api/v1/query_range"',
      ],
    },
  },
};
