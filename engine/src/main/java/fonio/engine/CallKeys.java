package fonio.engine;

import fonio.api.spi.Body;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys by which later runs know a call again: digests of the app's code, of what its
 * function captures, and of the arguments.
 *
 * <p>Two calls that differ have different keys; two that are equal may have different ones, too.
 */
final class CallKeys {
  private static final byte[] VERSION = "fonio java 1".getBytes(StandardCharsets.UTF_8);
  private static final byte PARENT = 0;
  private static final byte VALUE = 1;
  private static final byte END = 2;

  private final CodeDigest code;
  private final Map<Body, Fingerprint> constants = new ConcurrentHashMap<>();

  CallKeys(Instant began) {
    this.code = new CodeDigest(began);
  }

  /** The function of an app; looked at again for each call if what it captures may change. */
  Fingerprint function(Body body) throws IOException {
    Fingerprint known = constants.get(body);
    if (known == null) {
      known = Fingerprint.of(body);
      if (known.isConstant()) {
        constants.put(body, known);
      }
    }
    return known;
  }

  /**
   * The key of a call as far as it is known now: the digests of the results of those arguments that
   * are tasks are to be added.
   *
   * @throws IOException naming what has no digest
   */
  MessageDigest begin(Fingerprint function, @Nullable Object[] arguments) throws IOException {
    MessageDigest values = Sha256.begin();
    Set<Class<?>> classes = new HashSet<>(function.classes());
    for (Object argument : arguments) {
      if (argument instanceof LocalTask<?>) {
        values.update(PARENT);
      } else {
        Fingerprint value = Fingerprint.of(argument);
        values.update(VALUE);
        values.update(value.digest());
        classes.addAll(value.classes());
      }
    }
    values.update(END);
    MessageDigest key = Sha256.begin();
    key.update(VERSION);
    key.update(function.digest());
    key.update(code.of(classes, function.owners()));
    key.update(values.digest());
    return key;
  }
}
