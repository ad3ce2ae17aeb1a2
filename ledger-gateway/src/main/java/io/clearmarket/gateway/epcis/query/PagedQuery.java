package io.clearmarket.gateway.epcis.query;

import io.clearmarket.gateway.epcis.Paged;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the parameters of a query that are its own, beside those of the EPCIS query language, whose names nobody can list. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
        name = "perPage",
        in = ParameterIn.QUERY,
        schema =
                @Schema(
                        type = "integer",
                        format = "int32",
                        minimum = "1",
                        maximum = "" + Paged.MOST,
                        defaultValue = "" + Paged.DEFAULT))
@Parameter(
        name = "nextPageToken",
        in = ParameterIn.QUERY,
        description = "From the Link header of the page before",
        schema = @Schema(type = "string"))
@interface PagedQuery {}
