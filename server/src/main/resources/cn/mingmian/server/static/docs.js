// The interactive page of the API: our own document, our own host, nothing else.
SwaggerUIBundle({
  url: "/v1/openapi.json",
  dom_id: "#api",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  validatorUrl: null,
  docExpansion: "none",
  tagsSorter: "alpha",
  persistAuthorization: false,
});
