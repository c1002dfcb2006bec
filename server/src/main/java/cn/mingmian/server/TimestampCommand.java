package cn.mingmian.server;

import cn.mingmian.server.command.Arguments;
import cn.mingmian.server.command.BadArgumentException;
import cn.mingmian.server.command.Command;
import cn.mingmian.server.command.Console;
import cn.mingmian.server.keeping.Unlocking;
import cn.mingmian.server.stamp.TimeStamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// `timestamp`: the way of a checkpoint to a time-stamping authority and back, by files.
final class TimestampCommand implements Command {

  @Override
  public String name() {
    return "timestamp";
  }

  @Override
  public String synopsis() {
    return "request | accept NAME TSR CERTIFICATE [--data DIR]";
  }

  @Override
  public String purpose() {
    return "为日志检查点申请与核对可信时间戳 (RFC 3161) / time stamps of a trusted authority, by file";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String act = arguments.word("`request` or `accept`");
    Path data = Unlocking.dataDirectory(arguments);
    TimeStamps stamps = new TimeStamps(data.resolve("stamps"), new SecureRandom());
    try {
      return switch (act) {
        case "request" -> {
          arguments.finish();
          String day = LocalDate.now(console.clock().withZone(ZoneOffset.UTC)).toString();
          Path request =
              stamps.request(day, Files.readAllBytes(data.resolve("log").resolve("checkpoint")));
          console.say("%s", request);
          yield OK;
        }
        case "accept" -> {
          String name = arguments.word("the name of the request, such as `2026-11-22`");
          byte[] answer = Files.readAllBytes(Path.of(arguments.word("the authority's `.tsr`")));
          byte[] certificate =
              Files.readAllBytes(Path.of(arguments.word("the authority's certificate")));
          arguments.finish();
          yield switch (stamps.accept(name, answer, TimeStamps.certificate(certificate))) {
            case TimeStamps.Answer.Stamped(var at, var serial, var by) -> {
              console.say(
                  "检查点在该时刻已存在 / the checkpoint existed at %s, says %s (serial %d)", at, by, serial);
              yield OK;
            }
            case TimeStamps.Answer.NotStamped(String why) -> {
              console.complain("不能证明 / it PROVES NOTHING: %s", why);
              yield FAILED;
            }
          };
        }
        default ->
            throw new BadArgumentException(
                "`timestamp` expects request or accept, found `%s`".formatted(act));
      };
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read or write", unreadable);
    }
  }
}
