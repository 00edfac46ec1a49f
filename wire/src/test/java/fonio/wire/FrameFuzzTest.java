package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of an enemy: they are read or refused, and nothing outside of the frame is touched. */
class FrameFuzzTest {
  private static final long SEED = Long.getLong("fonio.seed", 20_260_101L);
  private static final int ROUNDS = Integer.getInteger("fonio.rounds", 50_000);

  private final Random random = new Random(SEED);
  private final FrameView frame = new FrameView();
  private int read;
  private int refused;

  /** The array is cut to the frame, so that an access outside of it throws. */
  private void readOrRefuse(byte[] bytes) {
    try {
      frame.wrap(bytes, 0, bytes.length);
    } catch (MalformedFrameException e) {
      refused++;
      return;
    }
    byte[] alone = Arrays.copyOf(bytes, frame.size());
    frame.wrap(alone, 0, alone.length);
    assertThat(FrameFields.of(frame)).isNotEmpty();
    read++;
  }

  @Test
  void randomBytesAreReadOrRefused() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      readOrRefuse(bytes);
    }

    assertThat(refused).as("seed %d", SEED).isPositive();
  }

  @Test
  void randomColumnsBehindAPlausibleHeaderAreReadOrRefused() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[Limits.HEADER_BYTES + random.nextInt(120)];
      for (int j = Limits.HEADER_BYTES; j < bytes.length; j++) {
        bytes[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
      }
      LittleEndian.putInt(bytes, 0, bytes.length - Limits.HEADER_BYTES);
      bytes[4] = (byte) (1 + random.nextInt(22));
      bytes[5] = (byte) (random.nextInt(256) & Kind.columns(bytes[4]));
      LittleEndian.putInt(bytes, 8, random.nextInt(6));
      readOrRefuse(bytes);
    }

    assertThat(read).as("read, seed %d", SEED).isPositive();
    assertThat(refused).as("refused, seed %d", SEED).isPositive();
  }

  @Test
  void mutatedFramesAreReadOrRefused() {
    List<byte[]> frames = GoldenFrames.all().stream().map(PlainFrame::encode).toList();
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = frames.get(random.nextInt(frames.size())).clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      readOrRefuse(
          random.nextInt(8) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }

    assertThat(read).as("read, seed %d", SEED).isPositive();
    assertThat(refused).as("refused, seed %d", SEED).isPositive();
  }

  @Test
  void mutatedTextIsReadOrRefused() {
    byte[] greeting = Greeting.of(Map.of("role", "engine", "pid", "17")).encode();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(greeting, random.nextInt(greeting.length + 1));
      for (int n = random.nextInt(3); n > 0 && bytes.length > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Greeting.decode(bytes, 0, bytes.length);
        read++;
      } catch (MalformedFrameException e) {
        refused++;
      }
    }

    assertThat(read).as("read, seed %d", SEED).isPositive();
    assertThat(refused).as("refused, seed %d", SEED).isPositive();
  }
}
