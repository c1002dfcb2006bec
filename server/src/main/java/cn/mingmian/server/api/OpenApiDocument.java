package cn.mingmian.server.api;

import cn.mingmian.server.access.Needs;
import cn.mingmian.server.access.Open;
import cn.mingmian.server.access.Scope;
import cn.mingmian.server.command.VersionCommand;
import cn.mingmian.server.http.IdempotencyFilter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI 3.1 document: made from the controllers, with the scope that each operation needs,
/// what can go wrong, and examples from `examples/OPERATION.request.json` and
/// `examples/OPERATION.response.json`.
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Bean
  OpenAPI document() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Mingmian 明面")
                .version(VersionCommand.version())
                .license(new License().name("Apache-2.0"))
                .description(
                    """
                    A face recognition server that cannot be used unlawfully.

                    每一次采集、注册、验证、检索都先经过法规判定；拒绝会列出全部违反的条款、理由与补救办法。

                    Every failure is `application/problem+json` (RFC 9457) with a stable `code` and a \
                    `request_id`. A refusal by the law is 403 `refused` and carries its `findings`: \
                    every violated rule, in Chinese and English, with the remedy. Unknown fields are \
                    errors. Lists page by an opaque `cursor`. Writes take an `Idempotency-Key`."""))
        .servers(List.of(new Server().url("/").description("this server")))
        .components(
            new Components()
                .addSecuritySchemes(
                    "key",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("mk_...")
                        .description("An API key; `x-api-key: mk_...` does the same."))
                .addSchemas("Problem", problem()));
  }

  @Bean
  GlobalOperationCustomizer operations() {
    return OpenApiDocument::complete;
  }

  /// The list of tags in the order of a first day's work.
  @Bean
  GlobalOpenApiCustomizer order() {
    return document -> {
      if (document.getPaths() != null) {
        var sorted = new io.swagger.v3.oas.models.Paths();
        document.getPaths().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(path -> sorted.addPathItem(path.getKey(), path.getValue()));
        document.setPaths(sorted);
      }
    };
  }

  private static Operation complete(Operation operation, HandlerMethod method) {
    String name = method.getMethod().getName();
    operation.setOperationId(name);
    Needs needs = method.getMethodAnnotation(Needs.class);
    if (needs != null) {
      operation.setSecurity(List.of(new SecurityRequirement().addList("key")));
      String scopes =
          Arrays.stream(needs.value())
              .map(Scope::wire)
              .map(scope -> "`" + scope + "`")
              .collect(Collectors.joining(" or "));
      operation.setDescription(
          Optional.ofNullable(operation.getDescription()).map(text -> text + "\n\n").orElse("")
              + "Scope: "
              + scopes);
    } else if (method.hasMethodAnnotation(Open.class)) {
      operation.setSecurity(List.of());
    }
    if (writes(method) && needs != null && !name.equals("createKey")) {
      operation.addParametersItem(
          new HeaderParameter()
              .name(IdempotencyFilter.HEADER)
              .required(false)
              .schema(new StringSchema())
              .description("Best a random UUID: the same key gives the first answer again."));
    }
    Optional.ofNullable(operation.getRequestBody())
        .map(body -> body.getContent())
        .ifPresent(content -> example(name + ".request.json", content));
    operation
        .getResponses()
        .forEach(
            (status, response) -> {
              response.addHeaderObject(
                  "X-Request-Id",
                  new Header()
                      .description("the name of this request in the server's log")
                      .schema(new StringSchema()));
              if (status.startsWith("2") && response.getContent() != null) {
                example(name + ".response.json", response.getContent());
              }
            });
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("a problem: see `code`")
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
    return operation;
  }

  private static boolean writes(HandlerMethod method) {
    return method.hasMethodAnnotation(PostMapping.class)
        || method.hasMethodAnnotation(PutMapping.class)
        || method.hasMethodAnnotation(DeleteMapping.class);
  }

  private static void example(String file, Content content) {
    try (InputStream in =
        OpenApiDocument.class.getResourceAsStream("/cn/mingmian/server/examples/" + file)) {
      if (in == null) {
        return;
      }
      Object example = JSON.readValue(in, Object.class);
      content.values().forEach(media -> media.setExample(example));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the example `%s` cannot be read".formatted(file), unreadable);
    }
  }

  private static Schema<?> problem() {
    return new Schema<>()
        .type("object")
        .types(java.util.Set.of("object"))
        .description("RFC 9457")
        .addProperty("type", new StringSchema().format("uri"))
        .addProperty("title", new StringSchema())
        .addProperty("title_zh", new StringSchema())
        .addProperty("status", new Schema<>().types(java.util.Set.of("integer")))
        .addProperty("detail", new StringSchema())
        .addProperty("code", new StringSchema().description("stable"))
        .addProperty("request_id", new StringSchema())
        .addProperty(
            "errors",
            new Schema<>()
                .types(java.util.Set.of("array"))
                .items(
                    new Schema<>()
                        .types(java.util.Set.of("object"))
                        .addProperty(
                            "pointer", new StringSchema().description("JSON pointer (RFC 6901)"))
                        .addProperty("detail", new StringSchema())))
        .addProperty(
            "findings",
            new Schema<>()
                .types(java.util.Set.of("array"))
                .items(new Schema<>().types(java.util.Set.of("object")))
                .description("of a refusal: every violated rule"));
  }
}
