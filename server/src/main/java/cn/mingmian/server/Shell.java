package cn.mingmian.server;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/// What Spring is given: the web layer, and nothing that holds records or faces.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {ErrorMvcAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@Import({HttpConfiguration.class, PublicListener.class})
@ComponentScan({"cn.mingmian.server.http", "cn.mingmian.server.api", "cn.mingmian.server.pages"})
class Shell {}
