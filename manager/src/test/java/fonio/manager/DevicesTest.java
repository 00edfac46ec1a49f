package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.manager.Devices.Piece;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which devices a task gets. */
class DevicesTest {
  private static List<Integer> places(List<Piece> pieces) {
    return pieces.stream().map(Piece::device).toList();
  }

  @Test
  void wholeOnesAreNeighboursFromTheShortestRunThatIsLongEnough() {
    Devices devices = new Devices(8, false);
    List<Piece> first = devices.take(3000);
    devices.take(1000);
    List<Piece> last = devices.take(1000);
    devices.giveBack(first);
    assertThat(places(last)).containsExactly(4);
    assertThat(places(devices.take(2000))).containsExactly(0, 1);
    assertThat(places(devices.take(3000))).containsExactly(5, 6, 7);
  }

  @Test
  void wholeOnesThatAreNoNeighboursServeWhereNoRunIsLongEnough() {
    Devices devices = new Devices(4, false);
    List<Piece> first = devices.take(1000);
    devices.take(1000);
    List<Piece> third = devices.take(1000);
    devices.take(1000);
    devices.giveBack(first);
    devices.giveBack(third);
    assertThat(places(devices.take(2000))).containsExactly(0, 2);
  }

  @Test
  void partsShareADeviceUntilItIsFull() {
    Devices devices = new Devices(2, false);
    assertThat(places(devices.take(500))).containsExactly(0);
    assertThat(places(devices.take(250))).containsExactly(0);
    assertThat(places(devices.take(500))).containsExactly(1);
    assertThat(places(devices.take(250))).containsExactly(0);
    assertThat(devices.fits(500)).isTrue();
    assertThat(devices.fits(501)).isFalse();
  }

  @Test
  void aPartOfAnAcceleratorIsNeverMadeOfTwo() {
    Devices devices = new Devices(2, false);
    devices.take(600);
    devices.take(600);
    assertThat(devices.fits(500)).isFalse();
    assertThatThrownBy(() -> devices.take(500)).hasMessageContaining("500 thousandths");
  }

  @ParameterizedTest
  @CsvSource({"5, 1600, 3", "8, 1600, 5", "3, 600, 5", "4, 333, 12", "19, 1900, 10", "7, 700, 10"})
  void equalSharesOfCoresFitAsOftenAsTheirSumDoes(int count, int share, int times) {
    Devices devices = new Devices(count, true);
    List<List<Piece>> taken = new ArrayList<>();
    while (devices.fits(share)) {
      taken.add(devices.take(share));
    }
    assertThat(taken).hasSize(times);
    taken.forEach(devices::giveBack);
    assertThat(devices.fits(devices.total())).isTrue();
  }

  @Test
  void whatIsGivenBackTwiceIsAnError() {
    Devices devices = new Devices(1, false);
    List<Piece> taken = devices.take(1000);
    devices.giveBack(taken);
    assertThatThrownBy(() -> devices.giveBack(taken)).hasMessageContaining("given back twice");
  }
}
