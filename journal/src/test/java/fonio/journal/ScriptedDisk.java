package fonio.journal;

import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that has only so much room, forces only when it is allowed to, and counts. */
final class ScriptedDisk implements Disk {
  private final Disk real = new SystemDisk();
  final Semaphore allowedForces = new Semaphore(0);
  private final Semaphore begunForces = new Semaphore(0);
  final AtomicLong roomBytes = new AtomicLong(Long.MAX_VALUE);
  volatile boolean failsForce;
  volatile boolean forgetsWhenForceFails;

  static ScriptedDisk unlimited() {
    ScriptedDisk disk = new ScriptedDisk();
    disk.allowedForces.release(1_000_000);
    return disk;
  }

  /** Waits until a group is being forced. */
  void awaitForce() {
    Deadline.in(Duration.ofSeconds(20)).await("a force", begunForces::tryAcquire);
  }

  private final class Scripted implements Segment {
    private final Segment segment;
    private long leastUnforced = Long.MAX_VALUE;

    Scripted(Segment segment) {
      this.segment = segment;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      int count = bytes.remaining();
      leastUnforced = Math.min(leastUnforced, offset);
      if (count > roomBytes.get()) {
        bytes.limit(bytes.position() + roomBytes.intValue());
        segment.write(bytes, offset);
        throw new IOException("No space left on device");
      }
      roomBytes.addAndGet(-count);
      segment.write(bytes, offset);
    }

    @Override
    public void force() throws IOException {
      begunForces.release();
      allowedForces.acquireUninterruptibly();
      if (failsForce) {
        if (forgetsWhenForceFails) {
          segment.truncate(leastUnforced);
        }
        throw new IOException("Input/output error");
      }
      leastUnforced = Long.MAX_VALUE;
      segment.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      segment.truncate(size);
    }

    @Override
    public void close() throws IOException {
      segment.close();
    }
  }

  @Override
  public Segment create(Path file) throws IOException {
    return new Scripted(real.create(file));
  }

  @Override
  public Segment open(Path file) throws IOException {
    return new Scripted(real.open(file));
  }

  @Override
  public void delete(Path file) throws IOException {
    real.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    real.forceFolder(folder);
  }
}
