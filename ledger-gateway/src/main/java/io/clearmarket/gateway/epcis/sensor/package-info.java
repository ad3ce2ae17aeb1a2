/** What measuring devices found out about the things that they are on, told as EPCIS events. */
@NullMarked
@NamedInterface("sensor")
package io.clearmarket.gateway.epcis.sensor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
