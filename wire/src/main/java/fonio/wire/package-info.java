/**
 * The records and codecs of every process boundary; {@code docs/protocol.md} is their text.
 *
 * <p>Bytes wait in a {@link fonio.wire.ByteQueue}; {@link fonio.wire.FrameWriter} appends frames to
 * one, {@link fonio.wire.FrameView} reads them where they lie. {@link fonio.wire.Greeting}, {@link
 * fonio.wire.FunctionDefinition}, {@link fonio.wire.ClassDefinition}, {@link fonio.wire.Fault} and
 * {@link fonio.wire.DependencyFailure} are what some blobs say.
 */
package fonio.wire;
