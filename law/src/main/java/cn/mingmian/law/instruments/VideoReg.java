package cn.mingmian.law.instruments;

import static cn.mingmian.law.rules.Verbs.SOMEWHERE;
import static cn.mingmian.law.rules.Verbs.of;

import cn.mingmian.law.facts.Installer;
import cn.mingmian.law.facts.Truth;
import cn.mingmian.law.facts.Verb;
import cn.mingmian.law.facts.VideoClass;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.DutyKind;
import cn.mingmian.law.rules.Instrument;
import cn.mingmian.law.rules.Rule;
import cn.mingmian.law.rules.Situation;
import java.util.List;

/// Regulations on Public-Safety Video Image Information Systems.
final class VideoReg {
  static final Instrument INSTRUMENT =
      Instrument.named(
              "VIDEO-REG",
              "公共安全视频图像信息系统管理条例",
              "Regulations on the Administration of Public-Safety Video Image Information Systems")
          .cited("《公共安全视频图像信息系统管理条例》", "Public-Safety Video Regulations")
          .by(Authority.ADMINISTRATIVE_REGULATION, "国务院", "State Council")
          .from("2025-04-01")
          .liability(
              "违法安装的责令限期改正、删除；拒不改正的没收设备，个人处五千元以下、单位处二万元以下罚款。",
              "Unlawful installation: correction and deletion; on refusal confiscation and a fine of up to CNY 5,000 for a person, up to CNY 20,000 for a unit.")
          .note(
              "施行前已建成的系统，应当自施行之日起九十日内备案（第十四条）。",
              "Systems in use before it took effect file within ninety days (art. 14).")
          .build();

  private VideoReg() {}

  static List<Rule> rules() {
    return List.of(
        Rule.of(INSTRUMENT, "7")
            .asked(of(Verb.DEPLOY))
            .when(
                "第七条所列的公共场所（含其经营窗口）",
                "a public place of article 7, or a business counter classed as one",
                s -> s.isPublicOrBusiness().and(s.videoClassIs(VideoClass.ART7)))
            .needs(
                "由政府有关部门或者场所的经营管理责任人安装",
                "it is installed by a government department or the place's responsible manager",
                VideoReg::isByRightInstaller)
            .why(
                "这类公共场所只能由政府部门或者经营管理责任人安装，其他人不得安装。",
                "In such a place only government departments and the responsible manager may install; nobody else.")
            .remedy(
                "由场所的经营管理责任人建设，或者拆除。",
                "Let the responsible manager of the place install it, or take it down.")
            .build(),
        Rule.of(INSTRUMENT, "8.1")
            .bindsHouseholds()
            .asked(SOMEWHERE)
            .needs(
                "不在客房、包间、宿舍、浴室、卫生间、更衣室、哺乳室、试衣间等场所",
                "it is not in a guest room, private dining room, dormitory, bath, toilet, changing, nursing or fitting room",
                s -> s.isPrivateSpace().not())
            .why(
                "禁止在这里安装任何图像采集设备，普通摄像头也不行。",
                "No image-capturing device may be installed here, not even a plain camera.")
            .remedy(
                "立即拆除；场所管理人发现的，应当报告当地公安机关。",
                "Take it down at once; a manager who finds one reports it to the local police.")
            .liability(
                "没收设备和信息；个人处五千元以上一万元以下、单位处一万元以上二万元以下罚款。",
                "Device and images are confiscated; a fine of CNY 5,000 to 10,000 for a person, CNY 10,000 to 20,000 for a unit.")
            .build(),
        Rule.of(INSTRUMENT, "9")
            .asked(of(Verb.DEPLOY))
            .when(
                "第九条所称的其他公共场所（含其经营窗口）",
                "another public place of article 9, or a business counter classed as one",
                s -> s.isPublicOrBusiness().and(s.videoClassIs(VideoClass.ART9)))
            .needs(
                "由负有安全防范义务的单位或者个人安装",
                "it is installed by whoever bears the duty of safety there",
                VideoReg::isByRightInstaller)
            .why(
                "只有对场所负有安全防范义务的人可以安装，其他人不得安装。",
                "Only those with the duty of safety for the place may install; nobody else.")
            .remedy(
                "由负有安全防范义务的人安装，或者拆除。", "Let whoever bears that duty install it, or take it down.")
            .build(),
        Rule.of(INSTRUMENT, "13")
            .asked(of(Verb.DEPLOY))
            .when(
                "公共场所（含其经营窗口）",
                "a public place, or a business counter classed as one",
                Situation::isVideoPlace)
            .needs(
                "设置了显著的提示标识，采集的位置、角度和范围限于必需",
                "a conspicuous sign is in place, and position, angle and range are limited to need",
                s -> s.facts().site().sign().and(s.facts().site().captureArea()))
            .why(
                "没有显著的提示标识，或者没有限定采集范围。",
                "There is no conspicuous sign, or the range is not limited.")
            .remedy(
                "设置标识，并把位置、角度、范围限制在必需之内。",
                "Put up a sign and limit position, angle and range to what is needed.")
            .build(),
        Rule.of(INSTRUMENT, "16")
            .asked(of(Verb.ACCESS))
            .when(
                "第七条所列公共场所的视频",
                "footage of a public place of article 7",
                s -> s.videoClassIs(VideoClass.ART7))
            .needs(
                "查看有登记的事由，并经批准",
                "the viewing has a reason on record and is approved",
                s -> s.isReasonGiven().and(s.facts().access().approved()))
            .why("查看没有登记事由，或者没有经过批准。", "The viewing has no reason on record, or was not approved.")
            .remedy(
                "登记事由、内容、查看人及其单位，经批准后查看。",
                "Register reason, content, name and unit; view once approved.")
            .duty(
                DutyKind.LOG_ACCESS,
                of(Verb.ACCESS),
                "第七条所列公共场所的视频",
                "footage of a public place of article 7",
                s -> s.videoClassIs(VideoClass.ART7) != Truth.NO)
            .evidence("/access/reason", "/access/role")
            .build(),
        Rule.of(INSTRUMENT, "17")
            .asked(of(Verb.ERASE))
            .needs(
                "不是第七条所列公共场所尚在三十日保存期内的视频图像",
                "it is not footage of a public place of article 7 within its thirty days",
                s -> s.isFootageKept().not())
            .why(
                "公共安全视频图像至少保存三十日，期限未满不得删除。",
                "Public-safety footage is kept for at least thirty days and may not be erased before.")
            .remedy(
                "期满后删除；这一期限不适用于人脸模板。",
                "Erase it when they are over; they never apply to face templates.")
            .build());
  }

  private static Truth isByRightInstaller(Situation s) {
    return Situation.isEither(
        s.facts().site().installer(), Installer.GOVERNMENT, Installer.RESPONSIBLE_MANAGER);
  }
}
