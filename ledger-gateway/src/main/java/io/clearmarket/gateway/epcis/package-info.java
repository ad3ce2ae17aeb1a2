/**
 * An EPCIS 2.0 repository by GS1's REST bindings. Events are captured onto the ledger and come back from its blocks; their
 * documents are in the content store.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "config",
            "content",
            "events",
            "fabric",
            "identity",
            "provenance",
            "readmodel",
            "submission",
            "webhooks"
        })
package io.clearmarket.gateway.epcis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
