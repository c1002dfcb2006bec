package cn.mingmian.platform.setup;

import cn.mingmian.platform.permit.Permit;
import cn.mingmian.platform.permit.Permits;
import cn.mingmian.platform.permit.Question;
import cn.mingmian.platform.permit.Refusal;
import cn.mingmian.platform.places.Checkpoint;
import cn.mingmian.platform.places.CheckpointId;
import cn.mingmian.platform.places.FaceDevice;
import cn.mingmian.platform.places.Places;
import cn.mingmian.platform.records.Actor;
import cn.mingmian.platform.records.UnknownRecordException;
import java.util.Map;

/// Switches the face device of a checkpoint on, if the law permits it then. Thread-safe.
public final class Activation {
  private final Places places;
  private final Permits permits;

  public Activation(Places places, Permits permits) {
    this.places = places;
    this.permits = permits;
  }

  /// What came of it.
  public sealed interface Outcome {}

  /// The device is on.
  public record On(FaceDevice device, Permit permit) implements Outcome {}

  /// It stays as it is.
  public record Refused(Refusal refusal) implements Outcome {}

  /// Puts `DEPLOY` to the law and does what it says.
  ///
  /// @throws UnknownRecordException if there is no such checkpoint
  public Outcome switchOn(CheckpointId id, Actor by) {
    Checkpoint checkpoint =
        places
            .checkpoint(id)
            .orElseThrow(() -> new UnknownRecordException("checkpoint", id.value()));
    return switch (permits.ask(Question.deploy(checkpoint.purpose(), id))) {
      case Refusal refusal -> new Refused(refusal);
      case Permit permit -> {
        permits.settle(permit, Map.of());
        FaceDevice device = places.device(checkpoint.device()).orElseThrow();
        yield new On(
            places.setDeviceState(
                device.id(),
                device.version(),
                FaceDevice.State.SWITCHED_ON,
                permit.decided().id(),
                by),
            permit);
      }
    };
  }
}
