package cn.mingmian.server;

import cn.mingmian.platform.Platform;
import cn.mingmian.server.access.ApiKeys;
import cn.mingmian.server.access.Caller;
import cn.mingmian.server.access.CallerFilter;
import cn.mingmian.server.access.DeviceKeys;
import cn.mingmian.server.access.DeviceSignature;
import cn.mingmian.server.access.Limits;
import cn.mingmian.server.access.ScopeCheck;
import cn.mingmian.server.http.BodyLimitFilter;
import cn.mingmian.server.http.HtmlFreeErrors;
import cn.mingmian.server.http.IdempotencyFilter;
import cn.mingmian.server.http.IdempotencyStore;
import cn.mingmian.server.http.MultipartConverter;
import cn.mingmian.server.http.ProblemCode;
import cn.mingmian.server.http.ProblemException;
import cn.mingmian.server.http.ProblemWriter;
import cn.mingmian.server.http.RequestFilter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// The order in which a request passes: id and log, limits, who calls, idempotency, scope, then
/// the operation.
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

  /// Everything comes from our own host; `data:` images are the API page's own icons.
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private final ScopeCheck scopes;

  HttpConfiguration(Clock clock) {
    scopes = new ScopeCheck(clock);
  }

  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return HttpConfiguration::strict;
  }

  /// JSON as this server reads it: nothing unknown, nothing twice, nothing after the end, no text
  /// where a number is expected.
  static void strict(JsonMapper.Builder builder) {
    RecordJson.teach(builder);
    builder
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.addCustomConverter(new MultipartConverter(mapper()));
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder = JsonMapper.builder();
    strict(builder);
    return builder.build();
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(scopes);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(scopes);
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  FilterRegistrationBean<RequestFilter> requestFilter(
      SecureRandom random, MeterRegistry meters, ProblemWriter problems) {
    var registration = new FilterRegistrationBean<>(new RequestFilter(random, meters, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  SecurityFilterChain chain(
      HttpSecurity http,
      ApiKeys keys,
      DeviceKeys deviceKeys,
      Platform platform,
      Clock clock,
      Limits limits,
      IdempotencyStore answers,
      Secret secret) {
    return http
        // A key is sent on purpose; what comes with the cookie of staff is guarded by CallerFilter.
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .anonymous(anonymous -> {})
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                    .referrerPolicy(
                        referrer ->
                            referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER))
                    .frameOptions(frame -> frame.deny())
                    .permissionsPolicyHeader(
                        permissions ->
                            permissions.policy(
                                "camera=(self), microphone=(), geolocation=(), payment=(),"
                                    + " usb=(), display-capture=()"))
                    .crossOriginOpenerPolicy(
                        opener ->
                            opener.policy(
                                org.springframework.security.web.header.writers
                                    .CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy
                                    .SAME_ORIGIN))
                    .crossOriginResourcePolicy(
                        resource ->
                            resource.policy(
                                org.springframework.security.web.header.writers
                                    .CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy
                                    .SAME_ORIGIN))
                    .httpStrictTransportSecurity(
                        hsts -> hsts.maxAgeInSeconds(31_536_000).includeSubDomains(false)))
        // Which scope an operation needs stands beside the operation; ScopeCheck holds it.
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .addFilterBefore(new BodyLimitFilter(), AuthorizationFilter.class)
        .addFilterAfter(
            new CallerFilter(
                keys,
                platform.logins(),
                new DeviceSignature(deviceKeys, clock),
                limits,
                platform.defence()),
            BodyLimitFilter.class)
        .addFilterAfter(
            new IdempotencyFilter(
                answers,
                secret.bytes(),
                request -> Caller.of(request).map(Caller::counted).orElse("open"),
                HttpConfiguration::takesNoKey),
            CallerFilter.class)
        .build();
  }

  private static boolean takesNoKey(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.equals("/v1/keys")
        || path.startsWith("/v1/staff")
        || path.startsWith("/v1/grants")
        || path.equals("/v1/verifications")
        || path.equals("/v1/identifications")
        || !path.startsWith("/v1/")
        || Caller.of(request).isEmpty();
  }

  @Bean
  RequestRejectedHandler firewall(ProblemWriter problems) {
    return (request, response, rejected) ->
        problems.write(
            request,
            response,
            new ProblemException(
                ProblemCode.BAD_REQUEST, "the address or a header of this request is not allowed"));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainContainer() {
    return factory -> {
      factory.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(HtmlFreeErrors.class.getName());
            }
          });
      factory.addConnectorCustomizers(
          connector -> {
            connector.setXpoweredBy(false);
            connector.setAllowTrace(false);
          });
    };
  }

  /// 32 random bytes under which cursors and request hashes are keyed.
  @SuppressWarnings("ArrayRecordComponent") // held once, never compared
  public record Secret(byte[] bytes) {}
}
