package cn.mingmian.law.instruments;

import cn.mingmian.law.facts.Pack;
import cn.mingmian.law.rules.Authority;
import cn.mingmian.law.rules.Instrument;
import java.util.List;

/// Instruments that no single deed with a face is judged by: grounds, definitions, clocks, crimes,
/// workflows. They are here with their dates, so that a citation finds them.
final class Background {
  private Background() {}

  static List<Instrument> instruments() {
    return List.of(
        Instrument.named("CIVIL", "中华人民共和国民法典", "Civil Code")
            .cited("《民法典》", "Civil Code")
            .by(Authority.LAW, "全国人民代表大会", "National People's Congress")
            .from("2021-01-01")
            .liability(
                "第一千一百六十五条以下：侵权责任；第四百九十七条：不公平的格式条款无效。",
                "Art. 1165ff: tort liability; art. 497: unfair standard terms are void.")
            .note(
                "第四百九十六、四百九十七、九百九十四、九百九十八、一千零三十二至一千零三十九条。",
                "Arts. 496, 497, 994, 998, 1032 to 1039.")
            .build(),
        Instrument.named("CSL", "中华人民共和国网络安全法", "Cybersecurity Law")
            .cited("《网络安全法》", "Cybersecurity Law")
            .by(
                Authority.LAW,
                "全国人民代表大会常务委员会",
                "Standing Committee of the National People's Congress")
            .from("2017-06-01")
            .note(
                "网络日志至少保存六个月（第二十一条）；修正案自2026年1月1日起施行（待核）。",
                "Network logs are kept at least six months (art. 21); amended with effect from 2026-01-01 (to be verified).")
            .build(),
        Instrument.named("DSL", "中华人民共和国数据安全法", "Data Security Law")
            .cited("《数据安全法》", "Data Security Law")
            .by(
                Authority.LAW,
                "全国人民代表大会常务委员会",
                "Standing Committee of the National People's Congress")
            .from("2021-09-01")
            .build(),
        Instrument.named("MINOR-LAW", "中华人民共和国未成年人保护法", "Law on the Protection of Minors")
            .cited("《未成年人保护法》", "Minors Protection Law")
            .by(
                Authority.LAW,
                "全国人民代表大会常务委员会",
                "Standing Committee of the National People's Congress")
            .from("2021-06-01")
            .note("第七十二条。", "Art. 72.")
            .build(),
        Instrument.named("BFEL", "中华人民共和国无障碍环境建设法", "Barrier-free Environment Law")
            .cited("《无障碍环境建设法》", "Barrier-free Environment Law")
            .by(
                Authority.LAW,
                "全国人民代表大会常务委员会",
                "Standing Committee of the National People's Congress")
            .from("2023-09-01")
            .note(
                "自助终端的语音、大字和盲文，保留人工服务（第三十二、三十三、三十九条）；经办法第五条进入本规则。",
                "Voice, large type, braille and staff (arts. 32, 33, 39); reached through the Measures, art. 5.")
            .build(),
        Instrument.named(
                "CIIR", "关键信息基础设施安全保护条例", "Regulations on Critical Information Infrastructure")
            .cited("《关键信息基础设施安全保护条例》", "CII Regulations")
            .by(Authority.ADMINISTRATIVE_REGULATION, "国务院", "State Council")
            .from("2021-09-01")
            .build(),
        Instrument.named("HOTEL", "旅馆业治安管理办法", "Hotel Public-Order Measures")
            .cited("《旅馆业治安管理办法》", "Hotel Public-Order Measures")
            .by(
                Authority.ADMINISTRATIVE_REGULATION,
                "国务院批准、公安部",
                "Ministry of Public Security, approved by the State Council")
            .from("1987-11-10")
            .note(
                "住宿应当查验身份证件并登记（第六条），没有要求比对人脸；施行日待核，2020年修订。",
                "Guests show an identity document and are registered (art. 6); comparing faces is not required. First day to be verified; revised 2020.")
            .build(),
        Instrument.named(
                "CRIM-2017",
                "最高人民法院、最高人民检察院关于办理侵犯公民个人信息刑事案件适用法律若干问题的解释",
                "Interpretation on criminal cases of infringing citizens' personal information")
            .cited("法释〔2017〕10号", "Criminal Interpretation of 2017")
            .by(
                Authority.JUDICIAL_INTERPRETATION,
                "最高人民法院、最高人民检察院",
                "Supreme People's Court and Procuratorate")
            .from("2017-06-01")
            .note(
                "非法获取、出售、提供五十条、五百条、五千条以上的入罪标准（第五条）。",
                "Thresholds of 50, 500 and 5,000 records (art. 5).")
            .build(),
        Instrument.named(
                "CHILD-2019",
                "儿童个人信息网络保护规定",
                "Provisions on the Online Protection of Children's Personal Information")
            .cited("《儿童个人信息网络保护规定》", "Children's Information Provisions")
            .by(
                Authority.DEPARTMENT_RULE,
                "国家互联网信息办公室（第4号令）",
                "Cyberspace Administration of China (Order No. 4)")
            .from("2019-10-01")
            .build(),
        Instrument.named(
                "AUDIT-2025",
                "个人信息保护合规审计管理办法",
                "Measures for Personal Information Protection Compliance Audits")
            .cited("《个人信息保护合规审计管理办法》", "Compliance Audit Measures")
            .by(Authority.DEPARTMENT_RULE, "国家互联网信息办公室", "Cyberspace Administration of China")
            .from("2025-05-01")
            .build(),
        Instrument.named(
                "NIA-2025",
                "国家网络身份认证公共服务管理办法",
                "Measures for the National Network Identity Authentication Public Service")
            .cited("《国家网络身份认证公共服务管理办法》", "Network Identity Measures")
            .by(
                Authority.DEPARTMENT_RULE,
                "公安部、国家互联网信息办公室等六部门",
                "Ministry of Public Security, CAC and four other bodies")
            .from("2025-07-15")
            .note("自愿使用；不用的人得到同等服务。", "Voluntary; whoever does not use it is served alike.")
            .build(),
        Instrument.named(
                "FILING-NOTICE-2025",
                "关于开展人脸识别技术应用备案工作的公告",
                "Notice on the filing of face recognition applications")
            .cited("人脸识别技术应用备案公告", "Filing Notice of 2025")
            .by(Authority.NORMATIVE_DOCUMENT, "国家互联网信息办公室", "Cyberspace Administration of China")
            .from("2025-05-28")
            .note(
                "2025年6月1日前已达10万人的，于7月14日前备案。",
                "Who reached 100,000 before 2025-06-01 files by 2025-07-14.")
            .build(),
        Instrument.named(
                "PIPO-NOTICE-2025",
                "关于开展个人信息保护负责人信息报送工作的公告",
                "Notice on reporting personal information protection officers")
            .cited("个人信息保护负责人报送公告", "Officer Reporting Notice of 2025")
            .by(Authority.NORMATIVE_DOCUMENT, "国家互联网信息办公室", "Cyberspace Administration of China")
            .from("2025-07-18")
            .note(
                "该日前已达100万人的，于8月29日前报送。",
                "Who reached a million before that day reports by 2025-08-29.")
            .build(),
        Instrument.named("HOLIDAYS", "国务院办公厅关于部分节假日安排的通知", "State Council holiday notices")
            .by(Authority.NORMATIVE_DOCUMENT, "国务院办公厅", "General Office of the State Council")
            .from("2007-12-16")
            .note(
                "每年一份，用于计算工作日；起始日为现行做法之始，待核。",
                "One a year, by which working days are counted; the first day is when this practice began, to be verified.")
            .build(),
        standard(
            "GBT-22239",
            "GB/T 22239-2019 网络安全等级保护基本要求",
            "GB/T 22239-2019 Baseline for classified protection",
            "2019-12-01"),
        standard(
            "GBT-39335",
            "GB/T 39335-2020 个人信息安全影响评估指南",
            "GB/T 39335-2020 Guide to impact assessment",
            "2021-06-01"),
        standard(
            "GBT-38671",
            "GB/T 38671-2020 远程人脸识别系统技术要求",
            "GB/T 38671-2020 Remote face recognition systems",
            "2020-11-01"),
        standard(
            "GBT-40660",
            "GB/T 40660-2021 生物特征识别信息保护基本要求",
            "GB/T 40660-2021 Protection of biometric information",
            "2022-05-01"),
        standard(
            "GBT-42574",
            "GB/T 42574-2023 个人信息处理中告知和同意的实施指南",
            "GB/T 42574-2023 Guide to notice and consent",
            "2023-12-01"),
        standard(
            "GBT-45574",
            "GB/T 45574-2025 敏感个人信息处理安全要求",
            "GB/T 45574-2025 Security of sensitive personal information",
            "2025-11-01"));
  }

  private static Instrument standard(String id, String zh, String en, String from) {
    return Instrument.named(id, zh, en)
        .cited(zh.substring(0, zh.indexOf(' ', 5)), id.replace("GBT-", "GB/T "))
        .by(
            Authority.STANDARD,
            "国家市场监督管理总局、国家标准化管理委员会",
            "State Administration for Market Regulation, Standardization Administration")
        .pack(Pack.STANDARDS)
        .from(from)
        .note(
            "没有单独的运行时规则；施行日以标准文本为准，待核。",
            "No run-time rule of its own; its first day is to be verified against the text.")
        .build();
  }
}
