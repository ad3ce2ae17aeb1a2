/** Server-rendered pages for people. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "config",
            "content",
            "epcis :: warning",
            "finance",
            "identity",
            "proof",
            "provenance",
            "readmodel",
            "webhooks"
        })
package io.clearmarket.gateway.pages;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
