/** The HTTP face: commands in, answers and problems out. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "config",
            "content",
            "epcis :: warning",
            "events",
            "fabric",
            "identity",
            "privacy",
            "provenance",
            "readmodel",
            "submission",
            "webhooks"
        })
package io.clearmarket.gateway.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
