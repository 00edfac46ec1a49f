package fonio.worker;

import fonio.api.spi.Body;
import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that a worker was told of, by the classes of tasks that call them. */
final class Functions {
  private final Map<Integer, FunctionDefinition> definitions = new HashMap<>();
  private final Map<Integer, Integer> functionOfClass = new HashMap<>();
  private final Map<Integer, Body> bodies = new HashMap<>();

  void add(FunctionDefinition function) {
    definitions.put(function.id(), function);
    bodies.remove(function.id());
  }

  void define(ClassDefinition definition) {
    functionOfClass.put(definition.id(), definition.function());
  }

  /** The function of a class; made when it is called first, so that a bad one fails its tasks. */
  Body of(int classId) throws IOException, ClassNotFoundException {
    Integer function = functionOfClass.get(classId);
    if (function == null) {
      throw new IllegalStateException("class " + classId + " was not defined before its tasks");
    }
    Body known = bodies.get(function);
    if (known == null) {
      known = read(definitions.get(function), function);
      bodies.put(function, known);
    }
    return known;
  }

  private static Body read(@Nullable FunctionDefinition definition, int id)
      throws IOException, ClassNotFoundException {
    if (definition == null || definition.codec() != FunctionDefinition.JAVA) {
      throw new IllegalStateException(
          "function " + id + " is " + definition + ", not one that Java serialized");
    }
    byte[] code = definition.code();
    if (Values.decode(code, 0, code.length) instanceof Body body) {
      return body;
    }
    throw new IllegalStateException(definition + " is no function; use the same Fonio");
  }
}
