package fonio.interchange;

import fonio.wire.ByteQueue;
import fonio.wire.FrameWriter;

/** Frames on their way to a manager. */
final class Outgoing {
  final ByteQueue queue = new ByteQueue();
  final FrameWriter writer = new FrameWriter(queue);
}
