package fonio.bench;

/** SipHash-2-4 with Task Bench's key, as uniform numbers that do not depend on the machine. */
final class SipHash {
  private static final long KEY_0 = 0x0807060504030201L;
  private static final long KEY_1 = 0x000f0e0d0c0b0a09L;

  private long v0 = KEY_0 ^ 0x736f6d6570736575L;
  private long v1 = KEY_1 ^ 0x646f72616e646f6dL;
  private long v2 = KEY_0 ^ 0x6c7967656e657261L;
  private long v3 = KEY_1 ^ 0x7465646279746573L;

  private SipHash() {}

  /** A number in [0, 1) that belongs to these values, rounded as C rounds it. */
  static double uniform(long... values) {
    long x = new SipHash().hash(values);
    return x >= 0 ? x * 0x1p-64 : ((x >>> 1) | (x & 1)) * 0x1p-63;
  }

  private long hash(long... values) {
    for (long value : values) {
      absorb(value);
    }
    absorb(((long) values.length * Long.BYTES) << 56);
    v2 ^= 0xff;
    rounds(4);
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void absorb(long word) {
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
