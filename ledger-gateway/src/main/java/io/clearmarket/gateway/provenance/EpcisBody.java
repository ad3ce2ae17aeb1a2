package io.clearmarket.gateway.provenance;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a body in EPCIS's JSON-LD, which is read from its bytes: GS1's own schema says what it holds. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@RequestBody(
        required = true,
        description = "By https://ref.gs1.org/standards/epcis/epcis-json-schema.json",
        content = {
            @Content(
                    mediaType = "application/json",
                    schemaProperties = @SchemaProperty(name = "type", schema = @Schema(type = "string")),
                    schema =
                            @Schema(
                                    type = "object",
                                    requiredProperties = {"@context", "type"})),
            @Content(
                    mediaType = "application/ld+json",
                    schemaProperties = @SchemaProperty(name = "type", schema = @Schema(type = "string")),
                    schema =
                            @Schema(
                                    type = "object",
                                    requiredProperties = {"@context", "type"}))
        })
public @interface EpcisBody {}
