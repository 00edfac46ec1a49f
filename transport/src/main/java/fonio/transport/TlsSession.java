package fonio.transport;

import fonio.wire.ByteQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** One side of TLS on a socket that never blocks: the handshake goes on in whichever call comes. */
final class TlsSession {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int RECORDS = 4;

  private final SSLEngine engine;
  private final int plainBytes;
  private final int recordBytes;

  /** What came and is not deciphered yet; ready to be read. */
  private final ByteBuffer in;

  /** What is enciphered and not sent yet; ready to be written to. */
  private final ByteBuffer out;

  private boolean ended;

  TlsSession(SSLEngine engine) {
    this.engine = engine;
    this.plainBytes = engine.getSession().getApplicationBufferSize();
    this.recordBytes = engine.getSession().getPacketBufferSize();
    this.in = ByteBuffer.allocateDirect(RECORDS * recordBytes).limit(0);
    this.out = ByteBuffer.allocateDirect(RECORDS * recordBytes);
  }

  /** Whether something enciphered waits for the socket. */
  boolean wantsRoom() {
    return out.position() > 0;
  }

  /** Moves what is there to the queue; -1 when the peer has ended and nothing is left. */
  int read(SocketChannel channel, ByteQueue into) throws IOException {
    try {
      return readAll(channel, into);
    } catch (SSLException refused) {
      sayWhy(channel);
      throw refused;
    }
  }

  /** Tells the peer by an alert why it is refused, if the socket takes it. */
  private void sayWhy(SocketChannel channel) {
    try {
      engine.wrap(NOTHING.duplicate(), out);
      flush(channel);
    } catch (IOException e) {
      ended = true;
    }
  }

  private int readAll(SocketChannel channel, ByteQueue into) throws IOException {
    int moved = 0;
    while (moved < Link.MOST_BYTES) {
      moved += decipher(into);
      flush(channel);
      if (ended) {
        break;
      }
      in.compact();
      int count = channel.read(in);
      in.flip();
      ended |= count < 0;
      if (count <= 0) {
        moved += decipher(into);
        flush(channel);
        break;
      }
    }
    return moved == 0 && ended ? Link.GONE : moved;
  }

  private int decipher(ByteQueue into) throws IOException {
    int moved = 0;
    while (true) {
      handshake();
      if (!in.hasRemaining()) {
        return moved;
      }
      int at = into.reserve(plainBytes);
      SSLEngineResult result =
          engine.unwrap(in, ByteBuffer.wrap(into.array(), at, into.array().length - at));
      into.produced(result.bytesProduced());
      moved += result.bytesProduced();
      if (result.getStatus() == Status.CLOSED) {
        ended = true;
        return moved;
      }
      boolean stands = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
      if (result.getStatus() == Status.BUFFER_UNDERFLOW || (stands && !mustSpeak())) {
        return moved;
      }
    }
  }

  private boolean mustSpeak() {
    HandshakeStatus status = engine.getHandshakeStatus();
    return status == HandshakeStatus.NEED_TASK
        || (status == HandshakeStatus.NEED_WRAP && out.remaining() >= recordBytes);
  }

  /** Does what the handshake asks of this side. */
  private void handshake() throws IOException {
    while (mustSpeak()) {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
      } else if (engine.wrap(NOTHING.duplicate(), out).getStatus() == Status.CLOSED) {
        return;
      }
    }
  }

  /** Enciphers and sends what the socket takes; how many bytes left the queue. */
  int write(SocketChannel channel, ByteQueue from) throws IOException {
    int moved = 0;
    if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && !hasBegun()) {
      engine.beginHandshake();
    }
    while (moved < Link.MOST_BYTES) {
      handshake();
      int before = moved;
      while (!from.isEmpty() && out.remaining() >= recordBytes && mayWrite()) {
        ByteBuffer plain = ByteBuffer.wrap(from.array(), from.head(), from.size());
        int count = engine.wrap(plain, out).bytesConsumed();
        from.consumed(count);
        moved += count;
        if (count == 0) {
          break;
        }
      }
      if (!flush(channel) || moved == before) {
        break;
      }
    }
    return moved;
  }

  private boolean hasBegun() {
    return !engine.getSession().getProtocol().equals("NONE");
  }

  private boolean mayWrite() {
    HandshakeStatus status = engine.getHandshakeStatus();
    return status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
  }

  /** Whether all that is enciphered went. */
  private boolean flush(SocketChannel channel) throws IOException {
    if (out.position() == 0) {
      return true;
    }
    out.flip();
    channel.write(out);
    out.compact();
    return out.position() == 0;
  }
}
