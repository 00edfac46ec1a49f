package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RosterTest {
  private final Roster roster = new Roster();
  private final List<Peer> made = new ArrayList<>();

  private Peer add(String name, int workers) {
    Peer peer = Peers.add(roster, name, "", workers);
    made.add(peer);
    return peer;
  }

  @AfterEach
  void close() {
    made.forEach(peer -> peer.link.close());
  }

  private Set<Peer> roomy() {
    Set<Peer> all = new HashSet<>();
    for (int place = 0; place < roster.size(); place++) {
      int chosen = place;
      all.add(roster.choose(view -> chosen));
    }
    assertThat(all).hasSize(roster.size());
    return all;
  }

  @Test
  void nobodyIsChosenWhereNobodyHasRoom() {
    assertThat(roster.choose(Selection.byBlock())).isNull();
    Peer only = add("a", 1);
    Peers.give(roster, only, 1, 1);
    assertThat(roster.choose(Selection.byBlock())).isNull();
  }

  @Test
  void managerThatDrainsHasNoRoom() {
    Peer peer = add("a", 2);
    assertThat(roomy()).containsExactly(peer);
    peer.draining = true;
    roster.weigh(peer);
    assertThat(roomy()).isEmpty();
    assertThat(roster.workers()).isEqualTo(2);
  }

  @Test
  void managerThatTookTheNameOfAnotherStaysWhenThatOneIsRemoved() {
    Peer first = add("a", 2);
    Peer second = add("a", 3);
    roster.remove(first);
    assertThat(roster.named("a")).isSameAs(second);
    assertThat(roster.workers()).isEqualTo(3);
    assertThat(roomy()).containsExactly(second);
  }

  @RepeatedTest(10)
  void thoseWithRoomAreThoseThatAModelNames(RepetitionInfo run) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    Set<Peer> there = new HashSet<>();
    for (int event = 0; event < 400; event++) {
      if (there.isEmpty() || random.nextInt(10) == 0) {
        there.add(add("m" + event, random.nextInt(0, 4)));
      } else {
        Peer peer = there.stream().skip(random.nextInt(there.size())).findFirst().orElseThrow();
        switch (random.nextInt(8)) {
          case 0 -> {
            roster.remove(peer);
            there.remove(peer);
          }
          case 1 -> {
            peer.draining = true;
            roster.weigh(peer);
          }
          case 2 -> {
            roster.workers(peer, random.nextInt(0, 4));
            roster.weigh(peer);
          }
          case 3, 4 -> {
            if (peer.outstanding.size() > 0) {
              peer.outstanding.remove(peer.outstanding.oldestFirst()[0]);
              peer.load.remove(1);
              roster.weigh(peer);
            }
          }
          default -> Peers.give(roster, peer, event + 1, 1);
        }
      }
      Set<Peer> expected = new HashSet<>(there);
      expected.removeIf(peer -> peer.draining || peer.workers == 0 || peer.load.isFull());
      assertThat(roomy()).isEqualTo(expected);
      assertThat(roster.all()).containsExactlyInAnyOrderElementsOf(there);
      assertThat(roster.workers()).isEqualTo(there.stream().mapToInt(p -> p.workers).sum());
    }
  }
}
