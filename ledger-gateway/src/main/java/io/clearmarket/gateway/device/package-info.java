/**
 * Measuring devices: takes in the batches of readings that they sign, by HTTP and by MQTT, anchors them on the ledger by their roots, and tells
 * of them as events about what the devices are on.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"config", "epcis::sensor", "events", "fabric", "identity", "readmodel", "submission"})
package io.clearmarket.gateway.device;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
