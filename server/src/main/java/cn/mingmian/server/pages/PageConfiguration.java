package cn.mingmian.server.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Where pages find their parts: all of them in this program's own archives.
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

  private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    CacheControl aDay = CacheControl.maxAge(Duration.ofDays(1));
    registry
        .addResourceHandler("/webjars/swagger-ui/**")
        .addResourceLocations(WEBJARS + "swagger-ui/5.32.0/")
        .setCacheControl(aDay);
    registry
        .addResourceHandler("/webjars/htmx/**")
        .addResourceLocations(WEBJARS + "htmx.org/2.0.10/dist/")
        .setCacheControl(aDay);
  }

  /// A language that the reader chose stays chosen on the next page.
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(
            new HandlerInterceptor() {
              @Override
              public boolean preHandle(
                  HttpServletRequest request, HttpServletResponse response, Object handler) {
                Languages.remember(request, response);
                return true;
              }
            })
        .excludePathPatterns("/v1/**");
  }

  @Bean
  LocaleResolver localeResolver() {
    return new Languages();
  }
}
