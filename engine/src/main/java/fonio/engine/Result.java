package fonio.engine;

import fonio.wire.FrameView;

/** The result at hand: of one task, in the block that it arrived in or in bytes of its own. */
final class Result {
  static final byte[] NOTHING = {};

  long task;
  int status;

  /** Number of the block in the task table; 0 when the bytes are not in a block. */
  int block;

  byte[] bytes = NOTHING;
  int offset;
  int lengthColumn;

  /** The i-th result of a frame whose blob was copied into a block (0: the blob is empty). */
  void set(long task, FrameView frame, int i, int block, byte[] bytes) {
    this.task = task;
    this.status = frame.status(i);
    this.block = block;
    this.bytes = bytes;
    this.offset = frame.payloadOffset(i) - frame.blobOffset();
    this.lengthColumn = frame.rawLength(i);
  }

  /** A result of the engine's own making. */
  void set(long task, int status, byte[] bytes) {
    this.task = task;
    this.status = status;
    this.block = 0;
    this.bytes = bytes;
    this.offset = 0;
    this.lengthColumn = bytes.length;
  }

  void clear() {
    task = 0;
    block = 0;
    bytes = NOTHING;
  }
}
