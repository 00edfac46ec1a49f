import org.jspecify.annotations.NullMarked;

/** Where blocks come from: batch systems, hosts by ssh, this machine; and launchers. */
@NullMarked
module fonio.providers {
  requires transitive fonio.api;
  requires static org.jspecify;

  exports fonio.providers;

  uses fonio.providers.ProviderKind;
}
