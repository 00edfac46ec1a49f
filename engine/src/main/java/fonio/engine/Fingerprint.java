package fonio.engine;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value as serialization sees it: a digest of its bytes, and the classes whose code it brings.
 *
 * <p>Of a lambda these are the class that made it and the class that its method is in.
 */
final class Fingerprint {
  private final byte[] digest;
  private final Set<Class<?>> classes;
  private final Set<Class<?>> owners;
  private final String name;
  private final boolean constant;

  private Fingerprint(
      byte[] digest, Set<Class<?>> classes, Set<Class<?>> owners, String name, boolean constant) {
    this.digest = digest;
    this.classes = classes;
    this.owners = owners;
    this.name = name;
    this.constant = constant;
  }

  /**
   * The fingerprint of a value.
   *
   * @throws IOException naming the class that cannot be serialized
   */
  static Fingerprint of(@Nullable Object value) throws IOException {
    MessageDigest digest = Sha256.begin();
    Stream stream = new Stream(digest);
    try (stream) {
      stream.writeObject(value);
    }
    stream.followLambdas();
    return new Fingerprint(
        digest.digest(), stream.classes, stream.owners, stream.name, stream.constant);
  }

  byte[] digest() {
    return digest;
  }

  /** All classes that the bytes name, and those of the methods of lambdas. */
  Set<Class<?>> classes() {
    return classes;
  }

  /** The classes that define functions in the value; none if it is no function. */
  Set<Class<?>> owners() {
    return owners;
  }

  /** What loads the classes of the function. */
  ClassLoader loader() {
    ClassLoader found = null;
    for (Class<?> owner : owners) {
      found = owner.equals(AppMaker.class) ? found : owner.getClassLoader();
    }
    return found == null ? ClassLoader.getSystemClassLoader() : found;
  }

  /** The method that a function runs, for people. */
  String name() {
    return name;
  }

  /**
   * Whether the value cannot change: a lambda that captures nothing, or scalars and such lambdas.
   */
  boolean isConstant() {
    return constant;
  }

  /** Writes nothing but a digest, and notes what comes by. */
  private static final class Stream extends ObjectOutputStream {
    private static final String WRAPPER = internalName(AppMaker.class);

    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Set<Class<?>> owners = new LinkedHashSet<>();
    private final List<SerializedLambda> lambdas = new ArrayList<>();
    private String name = "";
    private boolean constant;
    private boolean begun;

    Stream(MessageDigest digest) throws IOException {
      super(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      enableReplaceObject(true);
    }

    @Override
    protected void annotateClass(Class<?> type) {
      classes.add(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
      classes.addAll(List.of(type.getInterfaces()));
    }

    @Override
    protected Object replaceObject(Object object) {
      if (object instanceof SerializedLambda lambda) {
        constant = (constant || !begun) && capturesConstants(lambda);
        lambdas.add(lambda);
        name = simpleName(lambda.getImplClass()) + "." + lambda.getImplMethodName();
        if (lambda.getCapturingClass().equals(WRAPPER)) {
          wrapped(lambda);
        }
      } else if (!begun) {
        function(object);
      }
      begun = true;
      return object;
    }

    /** Notes a function that is an object of a class of its own. */
    private void wrapped(SerializedLambda wrapper) {
      for (int i = 0; i < wrapper.getCapturedArgCount(); i++) {
        Object captured = wrapper.getCapturedArg(i);
        if (captured != null && !isConstant(captured)) {
          function(captured);
        }
      }
    }

    private void function(Object object) {
      owners.add(object.getClass());
      name = object.getClass().getSimpleName();
    }

    private static boolean capturesConstants(SerializedLambda lambda) {
      for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
        Object captured = lambda.getCapturedArg(i);
        if (captured != null && !isConstant(captured)) {
          return false;
        }
      }
      return true;
    }

    /** Whether a captured value is one for ever; a lambda comes by and is judged by itself. */
    private static boolean isConstant(Object captured) {
      return switch (captured) {
        case String _, Integer _, Long _, Double _, Float _, Boolean _, Character _ -> true;
        case Short _, Byte _, Class<?> _ -> true;
        default -> captured.getClass().isHidden();
      };
    }

    /** Finds the classes of lambdas, which are written as names but for the one that made each. */
    void followLambdas() throws IOException {
      for (SerializedLambda lambda : lambdas) {
        Class<?> maker = written(lambda.getCapturingClass());
        owners.add(maker);
        try {
          String name = lambda.getImplClass().replace('/', '.');
          classes.add(Class.forName(name, false, maker.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
          throw new IOException("the method of a lambda of " + maker + " is not found", e);
        }
      }
    }

    private Class<?> written(String internalName) throws InvalidClassException {
      for (Class<?> type : classes) {
        if (internalName(type).equals(internalName)) {
          return type;
        }
      }
      throw new InvalidClassException(
          internalName, "a lambda does not name the class that made it");
    }

    private static String internalName(Class<?> type) {
      return type.getName().replace('.', '/');
    }

    private static String simpleName(String internalName) {
      return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
  }
}
