/** A program of nothing: how long Node itself takes to start. */
process.send?.('there');
