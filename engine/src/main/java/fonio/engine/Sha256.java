package fonio.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest by which memoized calls are told apart. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }
}
