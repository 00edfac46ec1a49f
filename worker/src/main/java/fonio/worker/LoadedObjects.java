package fonio.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Reads objects whose classes a given loader may know that did not load Fonio. */
final class LoadedObjects extends ObjectInputStream {
  private final @Nullable ClassLoader loader;

  LoadedObjects(InputStream in, @Nullable ClassLoader loader) throws IOException {
    super(in);
    this.loader = loader;
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    if (loader != null) {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException unknown) {
        return withoutLoader(described);
      }
    }
    return withoutLoader(described);
  }

  private Class<?> withoutLoader(ObjectStreamClass described)
      throws IOException, ClassNotFoundException {
    try {
      return super.resolveClass(described);
    } catch (ClassNotFoundException unknown) {
      throw new ClassNotFoundException(
          described.getName()
              + " is not on the class path of worker processes, which is that of the program: compile it into a folder or a jar that is on it (a source file that is run by itself is compiled in memory only, for tasks in threads)",
          unknown);
    }
  }
}
