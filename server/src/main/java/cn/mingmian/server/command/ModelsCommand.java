package cn.mingmian.server.command;

import cn.mingmian.platform.models.ModelCard;
import cn.mingmian.platform.models.Models;
import cn.mingmian.platform.records.Bilingual;
import cn.mingmian.platform.records.RecordException;
import java.nio.file.Path;
import java.util.Locale;

/// `models`: the cards of the face models, and their installation.
public final class ModelsCommand implements Command {

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String synopsis() {
    return "[list | verify | ensure | import FILE] [--pack NAME] [--models DIR] [--npm PROGRAM] [--json]";
  }

  @Override
  public String purpose() {
    return "人脸模型：来源、许可、校准与安装 / face models: origin, licence, calibration, installation";
  }

  @Override
  public int run(Arguments arguments, Console console) {
    String act = arguments.optionalWord().orElse("list");
    Models models = new Models(folder(arguments));
    String pack = arguments.value("--pack").orElseGet(() -> models.byDefault().id());
    try {
      ModelCard card =
          switch (act) {
            case "list", "verify" -> models.card(pack);
            case "ensure" -> ensured(models, pack, arguments, console);
            case "import" ->
                models.importArchive(
                    pack, Path.of(arguments.word("the registry's archive, a `.tgz`")));
            default ->
                throw new BadArgumentException(
                    "`models` expects list, verify, ensure or import, found `%s`".formatted(act));
          };
      arguments.finish();
      if (arguments.flag("--json")) {
        console.json(card);
      } else if (act.equals("list")) {
        show(card, console);
      } else {
        files(card, console);
      }
      return card.installed() || act.equals("list") ? OK : FAILED;
    } catch (RecordException refused) {
      console.complain("mingmian: %s", String.valueOf(refused.getMessage()));
      return FAILED;
    }
  }

  /// Where model files lie: what the launcher says, else `models` here.
  static Path folder(Arguments arguments) {
    return arguments
        .path("--models")
        .orElseGet(() -> Path.of(System.getProperty("mingmian.models", "models")));
  }

  private static ModelCard ensured(
      Models models, String pack, Arguments arguments, Console console) {
    ModelCard card = models.card(pack);
    if (card.installed()) return card;
    console.complain("正在获取人脸模型 / fetching the face models (%s) ...", card.origin());
    return models.fetch(card.id(), arguments.value("--npm").orElse("npm"));
  }

  private static void files(ModelCard card, Console console) {
    for (ModelCard.ModelFile file : card.files()) {
      if (file.sound()) {
        console.say("%-18s sha-256 %s", file.name(), file.expected());
      } else {
        console.complain(
            "%-18s expected sha-256 %s, found %s",
            file.name(), file.expected(), file.found().orElse("nothing"));
      }
    }
  }

  private static void show(ModelCard card, Console console) {
    console.say("%s  %s", card.id(), card.installed() ? "已安装 / installed" : "未安装 / not installed");
    say(console, "名称 / name", card.name());
    console.say("来源 / origin: npm %s  %s", card.origin(), card.homepage());
    console.say(
        "许可 / licence: %s%s", card.licence(), card.commercial() ? "" : " (非商用 / non-commercial)");
    say(console, "", card.licenceNote());
    console.say("");
    console.say("未经证实，须由运营者书面决定 / not proven, for the operator to decide on record:");
    for (Bilingual unproven : card.unproven()) say(console, "  -", unproven);
    say(console, "从不安装 / never installed", card.neverInstalled());
    console.say("");
    console.say("模板 / template: %d 维 / dimensions; %s", card.dimensions(), card.input());
    files(card, console);
    console.say("");
    ModelCard.Calibrated calibrated = card.calibration();
    console.say(
        "校准 / calibrated %s: %,d people, %,d photos, %,d genuine and %,d impostor pairs",
        calibrated.measured(),
        calibrated.people(),
        calibrated.photos(),
        calibrated.genuine(),
        calibrated.impostor());
    console.say("  %s", calibrated.set());
    console.say("  %8s  %9s  %-23s  %s", "FMR", "threshold", "95 % interval", "FNMR");
    for (ModelCard.Point point : calibrated.points()) {
      console.say(
          "%s",
          String.format(
              Locale.ROOT,
              "  %8.0e  %9.4f  %.2e .. %.2e     %.4f",
              point.fmr(),
              point.threshold(),
              point.fmrLow(),
              point.fmrHigh(),
              point.fnmr()));
    }
  }

  private static void say(Console console, String what, Bilingual text) {
    console.say("%s %s", what, text.zh());
    console.say("%s %s", " ".repeat(what.equals("  -") ? 3 : 0), text.en());
  }
}
