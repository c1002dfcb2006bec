package cn.mingmian.server.access;

import cn.mingmian.platform.places.DeviceId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The credentials of all devices. Thread-safe.
public final class DeviceKeys {

  /// The longest that a device's key may live.
  public static final Duration LONGEST_LIFE = Duration.ofDays(366);

  private static final RowMapper<DeviceKey> ROW =
      (row, n) ->
          new DeviceKey(
              row.getObject("id", UUID.class),
              new DeviceId(row.getString("device")),
              Base64.getEncoder().encodeToString(row.getBytes("public_key")),
              row.getString("maker"),
              row.getTimestamp("created_at").toInstant(),
              row.getTimestamp("expires_at").toInstant(),
              Optional.ofNullable(row.getTimestamp("revoked_at")).map(Timestamp::toInstant));

  private final JdbcClient database;
  private final Clock clock;

  public DeviceKeys(JdbcClient database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Enters the public half of a key that was made on the device.
  ///
  /// @param publicKey  raw Ed25519, 32 bytes
  /// @return empty if this key is entered already, here or for another device
  public Optional<DeviceKey> enter(
      DeviceId device, byte[] publicKey, Duration lives, String maker) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    UUID id = UUID.randomUUID();
    try {
      database
          .sql(
              """
              insert into server_device_key (id, device, public_key, maker, created_at, expires_at)
              values (:id, :device, :key, :maker, :now, :expires)
              """)
          .param("id", id)
          .param("device", device.value())
          .param("key", publicKey)
          .param("maker", maker)
          .param("now", Timestamp.from(now))
          .param("expires", Timestamp.from(now.plus(lives)))
          .update();
    } catch (DuplicateKeyException known) {
      return Optional.empty();
    }
    return one(id);
  }

  /// The key with this id, if it works now.
  Optional<DeviceKey> find(UUID id) {
    return one(id).filter(key -> key.worksAt(clock.instant()));
  }

  /// The keys of one device, newest first, dead ones included.
  public List<DeviceKey> of(DeviceId device) {
    return database
        .sql("select * from server_device_key where device = :device order by created_at desc, id")
        .param("device", device.value())
        .query(ROW)
        .list();
  }

  /// Ends a key at once.
  ///
  /// @return the key as it is now; empty when this device has none with this id
  public Optional<DeviceKey> revoke(DeviceId device, UUID id) {
    database
        .sql(
            """
            update server_device_key set revoked_at = :now
            where id = :id and device = :device and revoked_at is null
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("id", id)
        .param("device", device.value())
        .update();
    return one(id).filter(key -> key.device().equals(device));
  }

  private Optional<DeviceKey> one(UUID id) {
    return database
        .sql("select * from server_device_key where id = :id")
        .param("id", id)
        .query(ROW)
        .optional();
  }
}
