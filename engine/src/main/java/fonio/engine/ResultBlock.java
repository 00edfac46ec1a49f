package fonio.engine;

/**
 * Bytes of results that arrived together; dropped when the last task that points into it is
 * released.
 */
final class ResultBlock {
  final byte[] bytes;
  int live;

  ResultBlock(byte[] bytes) {
    this.bytes = bytes;
  }
}
