package cn.mingmian.platform.people;

import cn.mingmian.platform.records.RejectedRecordException;
import java.util.regex.Pattern;

/// Refuses identity numbers and addresses in what stands beside a template.
///
/// law| GBT-41819/e, GBT-35273/6.3: face information is kept apart from identity. A gallery that
/// said where somebody lives or which number the state gave them would be the key to everything.
final class IdentityFree {
  /// Eighteen digits, the last may be X, in which a date stands; or the fifteen of before 1999.
  private static final Pattern IDENTITY_NUMBER =
      Pattern.compile(
          ".*(?<![0-9])([1-9]\\d{5}(18|19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3}[0-9Xx]"
              + "|[1-9]\\d{7}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])\\d{3})(?![0-9]).*",
          Pattern.DOTALL);

  /// Mobile numbers and passports name a person as surely.
  private static final Pattern OTHER_NUMBER =
      Pattern.compile(
          ".*((?<![0-9])1[3-9]\\d{9}(?![0-9])|(?<![A-Z0-9])([EG]\\d{8}|E[A-Z]\\d{7})(?![0-9])).*",
          Pattern.DOTALL);

  private static final Pattern ADDRESS =
      Pattern.compile(
          ".*([\\p{IsHan}\\d]+(路|街|巷|弄|胡同|大道)[\\p{IsHan}\\d-]*\\d+\\s*号"
              + "|\\d+\\s*(号楼|栋|幢|座|单元|室)|\\p{IsHan}+(省|市|区|县|镇|乡|村)\\p{IsHan}*\\d+"
              + "|\\b(room|flat|apt|unit|building)\\.?\\s*\\d+|\\d+\\s+\\w+\\s+(street|road|avenue|lane)\\b).*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private IdentityFree() {}

  static void check(String reference) {
    String text = java.text.Normalizer.normalize(reference, java.text.Normalizer.Form.NFKC).strip();
    String dense = text.replaceAll("[\\s-]", "");
    if (text.isEmpty() || text.length() > 64) {
      throw new RejectedRecordException(
          "reference-malformed", "a reference has 1 to 64 characters");
    }
    if (IDENTITY_NUMBER.matcher(dense).matches() || OTHER_NUMBER.matcher(dense).matches()) {
      throw new RejectedRecordException(
          "reference-is-identity-number",
          "the reference looks like an identity, passport or telephone number: use a number of your own");
    }
    if (ADDRESS.matcher(text).matches()) {
      throw new RejectedRecordException(
          "reference-is-address", "the reference looks like an address: use a number of your own");
    }
  }
}
