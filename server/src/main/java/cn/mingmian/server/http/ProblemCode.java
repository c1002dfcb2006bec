package cn.mingmian.server.http;

import java.util.Locale;

/// Every kind of failure that a client can meet, with its stable code (the constant's name in
/// lower case), its HTTP status, and what it means in English and Chinese.
public enum ProblemCode {
  MALFORMED_JSON(400, "The body is not well-formed JSON", "请求体不是合法的 JSON"),
  INVALID_FIELD(400, "A field is missing, unknown or has an impossible value", "字段缺失、未知或取值不合法"),
  MALFORMED_MULTIPART(400, "The multipart body cannot be read", "multipart 请求体无法解析"),
  INVALID_PARAMETER(400, "A query or path parameter is wrong", "查询参数或路径参数有误"),
  INVALID_CURSOR(400, "The cursor was not made here or not for this list", "分页游标无效"),
  INVALID_IDEMPOTENCY_KEY(400, "The idempotency key cannot be used here", "幂等键在此处不可用"),
  BAD_REQUEST(400, "The request cannot be understood", "请求无法理解"),
  UNAUTHENTICATED(401, "An API key or a login is needed", "需要 API 密钥或登录"),
  REFUSED(403, "The law does not allow this", "法律不允许这样做"),
  NOT_PERMITTED(403, "This key or role does not allow this", "该密钥或角色无此权限"),
  PROVE_AGAIN(403, "Show password and second factor again", "请重新验证密码和第二因素"),
  FORGED(403, "This request did not come from our own page", "该请求并非来自本站页面"),
  NOT_FOUND(404, "There is nothing here", "此处没有内容"),
  METHOD_NOT_ALLOWED(405, "This method does nothing here", "此处不支持该方法"),
  NOT_ACCEPTABLE(406, "None of the accepted media types can be served", "无法提供所接受的媒体类型"),
  CONFLICT(409, "This contradicts what is on record", "与现有记录冲突"),
  IDEMPOTENCY_IN_PROGRESS(409, "The first request with this key is under way", "同一幂等键的首个请求仍在处理"),
  IDEMPOTENCY_OUTCOME_UNKNOWN(
      409, "The first request with this key was cut off", "同一幂等键的首个请求曾被中断，结果未知"),
  GONE(410, "This was erased", "该内容已被删除"),
  PAYLOAD_TOO_LARGE(413, "The body is too large", "请求体过大"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type cannot be read here", "不支持该内容类型"),
  UNPROCESSABLE_IMAGE(422, "The picture cannot be used", "图片无法使用"),
  NO_FACE(422, "No face was found", "未检测到人脸"),
  SEVERAL_FACES(422, "More than one face was found", "检测到多张人脸"),
  POOR_QUALITY(422, "The face cannot be judged from this picture", "人脸图像质量不足"),
  SPOOF_SUSPECTED(422, "A presentation attack is suspected", "疑似假体攻击"),
  IDEMPOTENCY_KEY_REUSED(422, "The key was used for a different request", "幂等键已用于另一请求"),
  NOT_POSSIBLE(422, "What is asked cannot be done", "所请求的操作无法执行"),
  RATE_LIMITED(429, "Too many requests", "请求过于频繁"),
  INTERNAL_ERROR(500, "The server failed", "服务器内部错误"),
  STORAGE_FULL(507, "There is no room left to store this", "存储空间不足"),
  UNAVAILABLE(503, "A part that this needs is not working", "所需部件暂不可用"),
  OUTCOME_UNKNOWN(503, "Nobody heard whether this was stored", "是否已存储尚不可知");

  private final int status;
  private final String title;
  private final String titleZh;

  ProblemCode(int status, String title, String titleZh) {
    this.status = status;
    this.title = title;
    this.titleZh = titleZh;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String titleZh() {
    return titleZh;
  }
}
