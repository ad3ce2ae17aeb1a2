/** Measuring devices: takes in the batches of readings that they sign, by HTTP and by MQTT, and anchors them on the ledger by their roots. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "events", "fabric", "identity", "readmodel", "submission"})
package io.clearmarket.gateway.device;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
