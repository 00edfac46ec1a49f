package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.transport.TcpLink;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RosterTest {
  private final Roster roster = new Roster();
  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void close() {
    peers.forEach(peer -> peer.link.close());
  }

  @Test
  void theTasksOfABlockAreThoseOfItsManagersAndGoWithThem() throws IOException {
    Peer first = add("a", "3");
    Peer second = add("b", "3");
    Peer other = add("c", "");
    first.add(1, new long[] {5, 6, 7}, new int[3], 1, 2);
    second.add(1, new long[] {8}, new int[1], 0, 1);
    other.add(1, new long[] {9}, new int[1], 0, 1);
    first.remove(first.outstanding.find(6));
    assertThat(roster.loads()).isEqualTo(Map.of("3", 2, "", 1));
    assertThat(roster.tasks()).isEqualTo(3);

    roster.remove(first);
    first.clear();
    assertThat(roster.loads()).isEqualTo(Map.of("3", 1, "", 1));
    roster.remove(second);
    second.clear();
    assertThat(roster.loads()).isEqualTo(Map.of("", 1));
    assertThat(roster.tasks()).isEqualTo(1);
  }

  @Test
  void everyManagerHasItsTurnInARoundWhoeverLeaves() throws IOException {
    for (int i = 0; i < 10; i++) {
      add("m" + i, "");
    }
    assertThat(roundOfThree()).hasSize(10);
    roster.remove(peers.get(2));
    roster.remove(peers.get(9));
    assertThat(roundOfThree()).hasSize(8);
    List.copyOf(roster.all()).forEach(roster::remove);
    assertThat(roundOfThree()).isEmpty();
  }

  private Set<String> roundOfThree() {
    Set<String> seen = new HashSet<>();
    for (int turn = 0; turn < 3; turn++) {
      roster.turn(3).forEach(peer -> seen.add(peer.info.name()));
    }
    return seen;
  }

  private Peer add(String name, String block) throws IOException {
    Peer peer =
        roster.add(
            new ManagerInfo(name, "node", 1, block, NodeFacts.UNKNOWN),
            TcpLink.clear(SocketChannel.open()));
    peers.add(peer);
    return peer;
  }
}
