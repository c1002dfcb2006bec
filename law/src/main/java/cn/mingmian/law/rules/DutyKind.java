package cn.mingmian.law.rules;

/// What an operation must be accompanied or followed by.
public enum DutyKind {
  STATE_PURPOSE(
      "验证过程中，当场以语音或者文字说明用途。", "Say or show, during the check, what the face is used for."),
  OFFER_ALTERNATIVE(
      "同时提供不用人脸的合理、便捷方式，当事人选择它时不得有任何不利后果。",
      "Offer a reasonable and convenient way without the face, at no disadvantage to whoever takes it."),
  USE_AUTHORITATIVE_CHANNEL(
      "鼓励优先使用国家人口基础信息库、国家网络身份认证公共服务等渠道核验，减少自行收集、存储。",
      "Prefer the national population database or the national network identity service, so that fewer faces are collected and stored."),
  DISCARD_BYSTANDERS(
      "无关人员的人脸不得提取特征；无法避免采集的，立即删除或者匿名化。",
      "Take no template of people the service is not for; what was captured unavoidably is deleted at once or anonymised."),
  DELETE_RAW_IMAGE(
      "比对完成后立即删除原始人脸图像。", "Delete the raw face image as soon as the comparison is done."),
  RECORD_PROCESSING(
      "记录本次处理情况，与影响评估报告一并保存至少三年，记录中不得含有人脸信息。",
      "Record this processing and keep the record, with the assessment report, for at least three years; it holds no face information."),
  ERASE_AT_EXPIRY("保存期限届满时删除。", "Erase it when its time is over."),
  NOTIFY_LATER("紧急情况消除后，及时补充告知。", "Give the notice promptly once the emergency is over."),
  HUMAN_REVIEW(
      "由人工作出或者复核决定，人脸结果只作参考；当事人有权要求说明。",
      "A human decides or reviews; the face result only assists, and the person may ask for an explanation."),
  APPLY_CHILD_RULES(
      "按照不满十四周岁未成年人个人信息的专门处理规则处理。", "Process by the dedicated rules for children under fourteen."),
  FILE("向网信部门备案。", "File with the cyberspace administration."),
  REDO_ASSESSMENT("重新进行个人信息保护影响评估。", "Redo the impact assessment."),
  ERASE("立即删除该人的人脸信息。", "Erase this person's face information now."),
  RESTRICT("停止除存储和必要安全保护措施之外的一切处理。", "Stop all processing but storage and its protection."),
  LOG_ACCESS("登记查看的时间、人员、事由和内容。", "Log who looked, when, why and at what."),
  TELL_PERSON(
      "除依法应当保密外，告知当事人其信息因法定保全而被限制处理、暂不删除。",
      "Unless secrecy is required, tell the person that the information is restricted, not erased, because it is held as evidence.");

  private final Text words;

  DutyKind(String zh, String en) {
    words = new Text(zh, en);
  }

  /// What is to be done.
  public Text words() {
    return words;
  }
}
