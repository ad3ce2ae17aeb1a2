/** Server-rendered pages for people. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "api",
            "config",
            "content",
            "epcis :: warning",
            "finance",
            "identity",
            "labels",
            "privacy",
            "proof",
            "provenance",
            "readmodel",
            "submission",
            "webhooks"
        })
package io.clearmarket.gateway.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
