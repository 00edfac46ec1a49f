package fonio.api;

import java.util.List;
import java.util.Map;

/**
 * Blocks on hosts of a list, reached by ssh without a password: for machines of your own.
 *
 * @param blocks how many blocks, of what
 * @param hosts {@code [user@]host[:port]} each
 * @param sshOptions more words of ssh's command line
 */
public record SshProvider(Blocks blocks, List<String> hosts, List<String> sshOptions)
    implements ProviderConfig {
  public SshProvider {
    hosts = List.copyOf(hosts);
    sshOptions = List.copyOf(sshOptions);
    Checks checks = Checks.of("provider ssh");
    checks.hosts("hosts", hosts);
    checks.lines("sshOptions", sshOptions);
    if (hosts.size() < blocks.nodesPerBlock()) {
      throw checks.bad(
          "hosts", hosts, "a block takes nodesPerBlock hosts, which is " + blocks.nodesPerBlock());
    }
    if (!blocks.launcher().isOfOneNode()) {
      throw checks.bad(
          "launcher",
          blocks.launcher().word(),
          "it is for the nodes of a batch job; use simple, single_node or wrapped");
    }
  }

  /** A builder that leaves everything else at its default. */
  public static Builder builder(List<String> hosts) {
    return new Builder(hosts);
  }

  @Override
  public String word() {
    return "ssh";
  }

  @Override
  public Map<String, String> keys() {
    return new KeyMap()
        .putAll(blocks.keys())
        .put("hosts", hosts)
        .put("ssh_options", sshOptions)
        .made();
  }

  /** A provider being made. */
  public static final class Builder extends ProviderBuilder<Builder> {
    private final List<String> hosts;
    private List<String> sshOptions = List.of();

    private Builder(List<String> hosts) {
      this.hosts = hosts;
    }

    @Override
    int mostBlocks(int nodes) {
      return Math.max(1, hosts.size() / Math.max(1, nodes));
    }

    @Override
    Builder self() {
      return this;
    }

    /** Sets {@link SshProvider#sshOptions()}. */
    public Builder sshOptions(String... values) {
      sshOptions = List.of(values);
      return this;
    }

    /** The provider, checked. */
    public SshProvider build() {
      return new SshProvider(blocks(), hosts, sshOptions);
    }
  }
}
