package cn.mingmian.law.lint;

import static cn.mingmian.law.lint.Kind.BINDING;
import static cn.mingmian.law.lint.Kind.BUNDLED;
import static cn.mingmian.law.lint.Kind.CHILD_PRESUMED;
import static cn.mingmian.law.lint.Kind.COERCED;
import static cn.mingmian.law.lint.Kind.COVERT_ANALYTICS;
import static cn.mingmian.law.lint.Kind.IMPLIED_CONSENT;
import static cn.mingmian.law.lint.Kind.IRREVOCABLE;
import static cn.mingmian.law.lint.Kind.NO_CONSENT_NO_SERVICE;
import static cn.mingmian.law.lint.Kind.NO_DELETION;
import static cn.mingmian.law.lint.Kind.RISK_TRANSFER;
import static cn.mingmian.law.lint.Kind.SUBLICENSABLE;
import static cn.mingmian.law.lint.Kind.UNLIMITED_TIME;
import static cn.mingmian.law.lint.Kind.UPLOADED;
import static cn.mingmian.law.lint.Kind.VAGUE_PURPOSE;

import cn.mingmian.law.lint.Reading.Sentence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds, in consent texts and standard terms in Chinese, what they may not say about a face.
///
/// Simplified and traditional script, full and half width. It reads sentence by sentence: a term
/// is reported only where the sentence is about faces, or refers back to one that is, and only
/// where it is meant: not where it is denied ("we will not keep it for ever"), asked, named in a
/// heading, or quoted in order to be declared void. It finds wordings, it does not understand
/// them: an empty answer is no approval.
///
/// Immutable and thread-safe.
public final class TermsLinter {
  static final String FACE = "(?:人脸|面部|面容|面像|脸部|刷脸|换脸|人像|肖像|脸|生物识别|生物特征)";

  private static final Pattern ABOUT_FACES =
      Pattern.compile(FACE + "|(?:摄像头|摄像机|镜头)[^。;]{0,16}(?:识别|抓拍|采集)");
  private static final Pattern REFERS_BACK =
      Pattern.compile(
          "^(?:如|若)?(?:不同意|拒绝)|上述|前述|本授权|本许可|本同意|该授权|该许可|此授权|此项|该项|(?:该|此|这)(?:等|类|些)?(?:信息|资讯|数据|授权|照片|图像)|您的(?:信息|资讯|数据|授权|资料)|采集的(?:信息|数据|图像)|用户内容|其(?:信息|数据)");

  private static final String WHO =
      "(?:您|你|用户|业主|住户|租户|承租人|会员|顾客|客户|客人|住客|旅客|游客|访客|学生|学员|家长|监护人|员工|职工|本人|其|当事人)";
  private static final String US = "(?:我们|我方|我司|我行|我店|本公司|本行|本店|本平台|平台|物业公司?|学校|酒店|公司)";
  private static final String AGREEMENT = "(?:用户协议|服务协议|使用协议|入会协议|协议|服务条款|条款|隐私政策|章程|合同|须知|规则|声明)";
  private static final String SERVICE =
      "(?:使用|享受|享有|提供|办理|入园|入场|入馆|入内|进入|进出|出入|通行|放行|入住|服务|注册|登录|开户|开通|入学|上课|就读|就餐|借阅|考勤|训练|参加|录用|入职|续租|租住|领取|就诊|消费|取款|乘车|进站|登机|权限|报名)";
  static final String OTHER_WAY =
      "(?:刷卡|门禁卡|会员卡|校园卡|房卡|IC卡|工牌|工卡|卡片|密码|口令|二维码|身份证|短信|验证码|人工|柜台|柜面|前台|岗亭|值班|保安|钥匙|指纹|其他(?:方式|验证|通行)|其它方式)";
  private static final String SAYS_NO =
      "(?:(?:不|未|拒绝|拒不)(?:同意|授权|接受|录入|录脸|刷脸|提供|完成|进行|配合|做|采集|参加|愿)|(?:不用|不使用|未使用|拒绝)[^。;,]{0,4}"
          + FACE
          + "|(?:没有|未)(?:注册|通过|建档|登记|采集|开通|录入)?[^。;,]{0,4}"
          + FACE
          + "|撤回|取消授权)";
  private static final String SHUT_OUT =
      "(?:(?:无法|不能|不得|不予|将不|停止|终止|有权拒绝|拒绝为|不再|禁止|不可|谢绝)[^。;,]{0,12}?"
          + SERVICE
          + "|不(?:予)?(?:发放|受理|办理|开通|接待|放行)|视为(?:自动)?(?:放弃|退出)[^。;,]{0,4}(?:申请|资格|报名|入学|会籍)?|取消[^。;,]{0,4}(?:报名|资格|会籍|预约|权限))";
  private static final String TRAIT =
      "(?:年龄|性别|情绪|表情|心情|健康|民族|种族|宗教|信仰|偏好|喜好|兴趣|消费能力|消费习惯|消费水平|高净值|客群|画像|工作状态|专注度|注意力|工作表现|绩效|疲劳|收入|渠道客户|社会阶层)";
  private static final String HARM =
      "(?:泄露|泄漏|外泄|丢失|被盗用?|盗用|篡改|误识别?|识别错误|冒用|风险|安全事件|信息安全|黑客|入侵|误扣|损害)";
  private static final String IDENTITY = "(?:身份证|证件号|房号|房屋|住址|地址|门牌|车牌|户主|家庭成员)";
  private static final String APART =
      "分开|分别|分库|互不|随机编号|另行加密|不(?:会|得|再|予)?(?:与|将|相互)?(?:绑定|关联|对应)|隔离";
  private static final String AWAY = "(?:云(?!南|岗|浮|台)|服务器|总部|数据中心|机房|后台|互联网|境外|海外|公网)";

  private static final List<Trap> PHRASES =
      List.of(
          Trap.of(
                  BUNDLED,
                  "(?:同意|接受|确认)[^。;]{0,6}(?:以上|上述|全部|所有)[^。;,]{0,8}(?:内容|条款|规定|规章|事项|协议)[^。;]{0,12}(?:包括|包含|含|及|和|与)[^。;]{0,8}"
                      + FACE)
              .unless("分别|逐项|单独(?:同意|签署|授权|作出)|不(?:包括|包含|含)"),
          Trap.of(
              BUNDLED,
              "(?:报名|签收|入学|入会)[^。;]{0,8}(?:即|视为)[^。;]{0,4}同意[^。;]{0,30}(?:及|和|与|含|、)[^。;]{0,8}"
                  + FACE),
          Trap.of(
              NO_CONSENT_NO_SERVICE, "(?:谢绝|禁止|不接待|不允许)[^。;,]{0,4}(?:未|不|没有)[^。;,]{0,6}" + FACE),
          Trap.of(NO_CONSENT_NO_SERVICE, "(?:前提|条件|凭证)[^。;,]{0,4}(?:是|为|即)[^。;,]{0,8}" + FACE),
          Trap.of(
              NO_CONSENT_NO_SERVICE,
              FACE
                  + "[^。;]{0,20}(?:取消|不(?:再)?(?:出售|发放|提供|办理|接受))[^。;,]{0,6}(?:纸质)?(?:门票|"
                  + OTHER_WAY
                  + ")"),
          Trap.of(
              UNLIMITED_TIME,
              "永久(?:性)?(?:地)?(?:保存|保留|存储|储存|留存|留用|持有|使用|授权|许可|有效|归档|享有|存档|收集|拥有|[的、,])"),
          Trap.of(UNLIMITED_TIME, "永不(?:删除|清除|销毁|失效|过期|到期)|永远(?:保存|保留|有效|使用)"),
          Trap.of(UNLIMITED_TIME, "(?:期限|时间|时限)[^。;,]{0,6}(?:永久|无限|不限|长期)"),
          Trap.of(UNLIMITED_TIME, "无(?:固定)?(?:期限|限期|时间)(?:地|的|限制)?|无限期"),
          Trap.of(
                  UNLIMITED_TIME,
                  "(?:没有|无|不设|未设)(?:定)?(?:保存|存储|使用|明确|任何|固定|的|具体){0,2}(?:期限|截止|终止日|到期日|时间限制)"
                      + "|不受[^。;,]{0,10}(?:时间|期限|时限)[^。;,]{0,6}(?:限制|约束)")
              .unless("看完|考虑|慢慢|再决定"),
          Trap.of(
              UNLIMITED_TIME,
              "(?:长期|一直|持续|始终)(?:地|性)?(?:保存|保留|存储|有效|使用|留存|持有)|不(?:做|作|进行)?(?:定期)?(?:清理|清除)"),
          Trap.of(
                  UNLIMITED_TIME,
                  "(?:注销|退卡|退会|离职|毕业|转学|搬离|退租|解约|解除|终止|期满|到期|退房|结束|销户|出售|过户|离校|离园)[^。;]{0,16}(?:仍|继续|依然|仍旧)[^。;]{0,8}(?:保存|保留|留存|使用|持有|存储|有效)")
              .unless("不含(?:任何)?(?:人脸|面部)|同意(?:书|记录)|评估报告|处理(?:情况)?记录|统计"),
          Trap.of(UNLIMITED_TIME, "直(?:至|到)" + US + "[^。;]{0,10}(?:认为|决定|通知)"),
          Trap.of(IRREVOCABLE, "不可(?:以)?(?:撤销|撤回|收回|取消|撤消|解除)|永不(?:撤回|撤销)")
              .unless("(?:删除|销毁|清除|撤回)(?:完成)?后[^。;]{0,20}不可|(?:删除|撤回|销毁|该|此)操作不可(?:撤销|恢复|撤回|取消)"),
          Trap.of(IRREVOCABLE, "(?:不得|不能|无法|无权)[^。;,]{0,6}(?:撤销|撤回|收回|取消|撤消|解除|关闭)")
              .unless(
                  "(?:如|若|如果|当)"
                      + WHO
                      + "?[^。;,]{0,6}(?:无法|不能)|(?:不得|不能|无法)[^。;,]{0,4}(?:提供|限制|阻碍|拒绝|影响)"),
          Trap.of(
              IRREVOCABLE,
              "(?:放弃|丧失|失去|不享有)[^。;]{0,24}(?:撤回|撤销|删除)[^。;]{0,10}权|不支持(?:关闭|撤回|撤销|取消)"),
          Trap.of(IRREVOCABLE, "(?:概不|恕不|不予|不|拒绝)(?:接受|受理)[^。;]{0,6}(?:撤回|撤销)"),
          Trap.of(
                  IRREVOCABLE,
                  "(?:撤回|撤销)[^。;]{0,20}(?:(?<!无)(?:须|需)|应|必须)(?:经|征得|取得|得到|由)[^。;]{0,14}(?:同意|批准|许可|审批)")
              .unless("(?:经|征得|取得|得到)" + WHO + "(?:本人)?(?:的)?(?:另行|单独|再次)?同意"),
          Trap.of(
              SUBLICENSABLE,
              "(?:可|可以|有权|能够|任意|自由|自行决定)[^。;,、]{0,24}(?:转授权|再授权|再许可|再行许可|再行授权|二次授权|分许可|转许可|转授予?|转给|转交|转让|转售|出售)"),
          Trap.of(SUBLICENSABLE, "(?:任何|任意|不特定)(?:的)?第三(?:方|人)"),
          Trap.of(SUBLICENSABLE, "(?:受让人|被许可人|继受人)[^。;]{0,12}(?:使用|享有|处理)"),
          Trap.of(SUBLICENSABLE, "(?:自由|任意|随意)(?:地)?(?:共享|提供|转让|披露|授权|转授权)"),
          Trap.of(SUBLICENSABLE, "(?:自主|自行|单方)(?:决定|确定|选择)[^。;]{0,16}(?:对外提供|共享|接收方|使用方|披露|转让)"),
          Trap.of(
                  SUBLICENSABLE,
                  "(?:无需|无须|不需|不必|不再|不另行|不经|未经)[^。;,]{0,16}同意[^。;]{0,24}(?:披露|提供|共享|转让|传递|交由)")
              .unless("不(?:会|得|能|应|可|予|对外|向)|禁止|严禁|无权"),
          Trap.of(
              SUBLICENSABLE,
              "(?:披露|提供|共享|转让|许可|转给|交由)[^。;]{0,24}(?:无需|无须|不需|不必|不另行)[^。;]{0,14}(?:同意|通知|告知)"),
          Trap.of(
                  BUNDLED,
                  "(?:同意|接受|授权|确认)[^。;]{0,40}"
                      + AGREEMENT
                      + "[^。;]{0,20}(?:及|和|与|以及|并|、|同时|连同|包括|包含|含)[^。;]{0,24}"
                      + FACE)
              .unless("独立于|分别|逐项|只同意|单独同意|单独作出|分开"),
          Trap.of(
                  BUNDLED,
                  "(?:注册|登录|下载|安装|购买|下单|报名|签收|开立|开户|签署|签订|签字|签名|签约|勾选|使用|办理)[^。;]{0,24}(?:即|同时|就|便|等于|代表|视为|表示|表明)[^。;]{0,16}?(?:授权|同意|允许|确认|许可)[^。;]{0,30}"
                      + FACE)
              .unless("不(?:会|得|能|应)?(?:代表|视为|等于|表示|意味)|分别|单独(?:同意|签署|授权|作出)"),
          Trap.of(
                  BUNDLED,
                  AGREEMENT + "的?(?:签订|签署)[^。;]{0,16}(?:即|同时|就|便|等于|代表|视为|表示)[^。;]{0,30}" + FACE)
              .unless("不(?:会|得|能|应)?(?:代表|视为|等于|表示|意味)"),
          Trap.of(BUNDLED, "(?:一揽子|概括|一次性|一并|一同|打包)(?:地)?(?:作出|给予)?(?:授权|同意|许可)"),
          Trap.of(NO_CONSENT_NO_SERVICE, SAYS_NO + "[^。;]{0,30}?" + SHUT_OUT)
              .unless("不影响|不会|不因|照常|不得(?:以此|因此|以|因|限制|拒绝|借)|(?:无法|不能|停止|停用|终止)(?:使用|提供|享受)?" + FACE)
              .unlessFollowedBy("(?:仍|也|还|可|请|均|照常|改|将为|为您|由|凭)[^。;]{0,14}" + OTHER_WAY),
          Trap.of(NO_CONSENT_NO_SERVICE, FACE + "[^。;]{0,20}否则[^。;]{0,6}" + SHUT_OUT),
          Trap.of(NO_CONSENT_NO_SERVICE, "(?:必须|只能|仅能|仅限|只可|务必)[^。;,]{0,8}(?:通过|使用|以|凭|录入)?" + FACE)
              .unless("法律|行政法规"),
          Trap.of(
              NO_CONSENT_NO_SERVICE,
              "(?:一律|只|仅|均须|全部)(?:须|能|可)?(?:凭|刷|设|设有|支持|开放|保留|通过|接受)[^。;,]{0,6}" + FACE),
          Trap.of(NO_CONSENT_NO_SERVICE, "取消[^。;,]{0,4}" + OTHER_WAY + "[^。;]{0,20}" + FACE),
          Trap.of(
                  NO_CONSENT_NO_SERVICE,
                  FACE + "[^。;]{0,24}(?:方可|才能|才可|方能|后方|始得)[^。;]{0,6}" + SERVICE)
              .unlessFollowedBy("(?:或者|或|也可|亦可|仍可|还可)[^。;]{0,14}" + OTHER_WAY),
          Trap.of(
                  NO_CONSENT_NO_SERVICE,
                  FACE + "[^。;]{0,24}(?:唯一|仅有)(?:的)?[^。;,]{0,6}(?:方式|途径|手段|凭证)")
              .unless("不是|并非|不(?:会|得|应|能)?(?:把|将|作为|设为)|不(?:会|得|应|能)(?:成为|是)"),
          Trap.of(
                  NO_CONSENT_NO_SERVICE,
                  "(?:以|将)?(?:同意|授权|录入)?[^。;,]{0,6}"
                      + FACE
                      + "[^。;]{0,16}(?:作为|是|为)[^。;,]{0,12}(?:前提|必要条件|先决条件)")
              .unless("不是|并非|不(?:会|得|应|能)?(?:把|将|以|作为|设为)|不(?:会|得|应|能)(?:成为|是)"),
          Trap.of(
                  IMPLIED_CONSENT,
                  "(?:进入|走进|走到|走近|站到|靠近|经过|路过|停留|消费|参观|乘坐|扫码|继续使用|浏览|入场|入园|入住|到访|光临|使用本|未(?:在[^。;,]{0,8})?(?:提出|表示|书面)?(?:任何)?(?:异议|反对|回复|答复|反馈)|不(?:提出)?(?:异议|反对|回复|答复)|无(?:书面)?(?:异议|反对)|沉默|注视|看向)[^。;]{0,24}?(?:视为|视同|视作|即表示|即认为|认为|表示|代表|表明|默认|推定|等于|即为|意味着|认定|自动)[^。;]{0,12}(?:同意|授权|接受|许可|认可)")
              .unless(
                  "(?:视为|按)不同意|不(?:会|得|应|能)?(?:被)?(?:视为|视同|视作|代表|表示|默认|推定|等于|意味|自动)"
                      + "|(?:点击|点选|勾选|按下)[^。;]{0,12}(?:表示|代表|视为|即为|同意)"),
          Trap.of(IMPLIED_CONSENT, "默认" + WHO + "?(?:已|均)?(?:同意|授权|接受)").unless("不(?:会|得|应|能)?默认"),
          Trap.of(IMPLIED_CONSENT, "推定[^。;]{0,6}(?:同意|授权)|默示(?:同意|授权)"),
          Trap.of(
                  RISK_TRANSFER,
                  HARM
                      + "[^。;]{0,30}(?:由?"
                      + WHO
                      + "(?:自行|自己)?(?:承担|承受|负责|自担|自负)|自负|自担|自行承担|自行承受|后果自负)")
              .unless(US + "[^。;,]{0,24}承担|不可抗力|您(?:主动|自身|故意)|(?:无需|无须|不必|不用)[^。;,]{0,4}承担"),
          Trap.of(RISK_TRANSFER, WHO + "[^。;,]{0,6}(?:自行|独立|全部)(?:承担|负责)[^。;]{0,20}" + HARM)
              .unless("不可抗力|您(?:主动|自身|故意)|(?:无需|无须|不必|不用)[^。;,]{0,4}承担"),
          Trap.of(
                  RISK_TRANSFER,
                  HARM
                      + "[^。;]{0,30}(?:概不|不承担|不负|不对[^。;,]{0,14}负|免除|免于|免责|不担责|与"
                      + US
                      + ")[^。;]{0,12}(?:责|赔偿|无关)")
              .unless("不可抗力|您(?:主动|自身|故意)"),
          Trap.of(RISK_TRANSFER, "放弃[^。;]{0,30}(?:追究|追索|索赔|赔偿|诉讼|起诉)"),
          Trap.of(
                  COVERT_ANALYTICS,
                  "(?:分析|推断|判断|判定|评估|识别|预测|统计|推测|检测|监测|标注|标记|捕捉|洞察)[^。;]{0,24}" + TRAIT)
              .unless("不(?:会|再|得|予)?(?:识别|区分|分析|推断|统计|记录|采集|用于)"),
          Trap.of(
              COVERT_ANALYTICS,
              "无感(?:知)?(?:地)?(?:抓拍|采集|识别)|(?:抓拍|采集|识别)[^。;]{0,16}(?:老客户|熟客|回头客|贵宾)"),
          Trap.of(
              COVERT_ANALYTICS,
              "(?:抓拍|采集|识别|判断)[^。;]{0,20}(?:不另行|无需|无须|不再|不予)(?:告知|通知|提示|知会)"
                  + "|(?:不打扰|不知情|未察觉|隐蔽|静默)[^。;]{0,14}(?:采集|抓拍|识别)"),
          Trap.of(
                  BINDING,
                  FACE
                      + "[^。;]{0,20}(?:与|和|同|及|、|以)[^。;]{0,24}"
                      + IDENTITY
                      + "[^。;]{0,16}(?:绑定|关联|对应|匹配|一并|同一|合并|索引)")
              .unless(APART),
          Trap.of(BINDING, FACE + "[^。;]{0,16}(?:绑定|关联|对应|捆绑|挂接|索引)[^。;]{0,16}" + IDENTITY)
              .unless(APART),
          Trap.of(
                  BINDING,
                  IDENTITY
                      + "[^。;]{0,16}(?:与|和|同)[^。;]{0,8}"
                      + FACE
                      + "[^。;]{0,12}(?:绑定|关联|对应|一并|同一|合并)")
              .unless(APART),
          Trap.of(
                  VAGUE_PURPOSE,
                  "(?:任何|一切|所有|各种|各类)(?:合法)?(?:的)?(?:商业)?(?:用途|目的|场景)|包括但不限于[^。;]{0,30}(?:用途|目的|场景)|(?:用于|作为)其[他它](?:合法|商业)?(?:用途|目的)"
                      + "|用于[^。;,]{0,30}等(?:用途|目的|方面|场景|[。;,]|$)|用途[^。;]{0,16}(?:自行|自主)(?:决定|确定|调整)|各类使用|(?:根据|视|依)[^。;,]{0,12}(?:需要|情况)[^。;,]{0,6}(?:使用|利用)")
              .unless("另行|重新取得|单独同意|再次征得"),
          Trap.of(
                  UPLOADED,
                  "(?:上传|同步|传输|传送|发送|回传|备份|存放|托管|存入)[^。;,]{0,16}"
                      + AWAY
                      + "|(?:存储|保存|储存)(?:于|在|到|至)[^。;,]{0,10}(?:云(?!南|岗|浮|台)|互联网|境外|海外)"
                      + "|(?:通过|经由|经)(?:互联网|公网|外网|网络)[^。;]{0,8}(?:传输|上传|发送|传送|同步)")
              .unless("单独同意|(?:比对|验证|核验)结果"),
          Trap.of(
              COERCED,
              "(?:统一|一律|强制|全员)(?:要求)?(?:采集|录入|登记|上传)[^。;]{0,10}"
                  + FACE
                  + "|全员"
                  + FACE
                  + "(?:采集|录入)|不得以任何(?:理由|借口)拒绝|无条件(?:配合|接受|同意)"),
          Trap.of(
                  COERCED,
                  SAYS_NO
                      + "[^。;]{0,24}(?:后果自负|旷工|扣发|扣除|扣减|扣分|罚款|通报|处分|约谈|影响[^。;,]{0,4}(?:评优|考核|绩效|升学|毕业)|取消[^。;,]{0,6}资格|(?:考核|评优)[^。;,]{0,4}(?:不得|不予|不能|降)|不得评|降级|降薪)")
              .unless("不(?:会|因|影响)|不得(?:以|因|对|强)"),
          Trap.of(
                  NO_DELETION,
                  "(?:没有义务|无义务|不提供|不支持|不受理|不接受|恕不|不予|(?:不得|无权|不能|不可)[^。;,]{0,4}(?:要求|申请|请求))[^。;]{0,16}(?:删除|销毁|清除)")
              .unless("法律|行政法规|法定"),
          Trap.of(
              CHILD_PRESUMED,
              "(?:视为|默认|推定|视同|视作|表明|表示|代表)[^。;]{0,20}(?:监护人|家长|父母)[^。;]{0,14}(?:同意|授权|许可)"));

  static final List<Trap> TRAPS = Stream.concat(PHRASES.stream(), LooseTraps.ALL.stream()).toList();

  /// The flaws of a text, in the order of their places; of two overlapping flaws of one kind, the
  /// first.
  ///
  /// @throws TextTooLongException above 200,000 characters
  public List<Flaw> lint(String text) {
    return lint(Reading.of(text), TRAPS, false);
  }

  static List<Flaw> lint(Reading reading, List<Trap> traps, boolean alwaysAboutFaces) {
    boolean wholeTextIsAboutFaces = alwaysAboutFaces || isAboutFaces(reading.opening());
    List<Sentence> sentences = reading.sentences();
    List<Flaw> flaws = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i++) {
      Sentence sentence = sentences.get(i);
      if (sentence.title() || sentence.asks() || sentence.denied()) continue;
      Sentence before = i > 0 ? sentences.get(i - 1) : sentence;
      boolean topical =
          alwaysAboutFaces
              || isAboutFaces(sentence.text())
              || (REFERS_BACK.matcher(sentence.text()).find()
                  && (wholeTextIsAboutFaces || isAboutFaces(before.text())));
      if (!topical) continue;
      String next = i + 1 < sentences.size() ? sentences.get(i + 1).text() : "";
      collect(reading, sentence, next, traps, flaws);
    }
    flaws.sort(
        Comparator.comparingInt((Flaw flaw) -> flaw.span().start()).thenComparing(Flaw::kind));
    return List.copyOf(flaws);
  }

  private static void collect(
      Reading reading, Sentence sentence, String next, List<Trap> traps, List<Flaw> flaws) {
    Map<Kind, BitSet> told = new EnumMap<>(Kind.class);
    for (Trap trap : traps) {
      BitSet taken = told.computeIfAbsent(trap.kind(), kind -> new BitSet());
      for (int[] place : trap.in(sentence.text(), next)) {
        int first = taken.nextSetBit(place[0]);
        if (first >= 0 && first < place[1]) continue;
        taken.set(place[0], place[1]);
        Span span = reading.span(sentence.start() + place[0], sentence.start() + place[1]);
        flaws.add(new Flaw(trap.kind(), span));
      }
    }
  }

  private static boolean isAboutFaces(String text) {
    return ABOUT_FACES.matcher(text).find();
  }
}
