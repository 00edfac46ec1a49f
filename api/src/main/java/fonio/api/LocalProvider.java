package fonio.api;

import java.util.Map;

/**
 * Blocks that are processes of this machine: for a laptop, or inside of a batch job.
 *
 * @param blocks how many blocks, of what
 */
public record LocalProvider(Blocks blocks) implements ProviderConfig {
  public LocalProvider {
    Checks checks = Checks.of("provider local");
    checks.is(
        "nodesPerBlock",
        blocks.nodesPerBlock(),
        1,
        "this machine is one node; use 1, or an SshProvider");
  }

  /** A builder that leaves everything at its default. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String word() {
    return "local";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap().putAll(blocks.keys()).made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** The provider, checked. */
    public LocalProvider build() {
      return new LocalProvider(blocks());
    }
  }
}
