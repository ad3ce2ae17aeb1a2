/**
 * What is wrong with an item's story. The rules are pure, an item's events in and warnings out; a projection applies them as events
 * come in.
 */
@NullMarked
@NamedInterface("warning")
package io.clearmarket.gateway.epcis.warning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
