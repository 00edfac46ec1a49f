package fonio.api.spi;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A function of an app without its types: the same object for all calls of one app. */
@FunctionalInterface
public interface Body extends Serializable {

  /** Runs once; what is thrown is the task's error. */
  @Nullable Object run(@Nullable Object[] arguments) throws Exception;
}
