/** Generated provenance: honest and cheating stories of items, a large graph; and what is measured on them. */
@NullMarked
@NamedInterface("bench")
package io.clearmarket.gateway.epcis.bench;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
