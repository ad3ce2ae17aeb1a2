/** What came of what: traces back to the origins and forward to the consumers, recalls. */
@NullMarked
package io.clearmarket.gateway.epcis.graph;

import org.jspecify.annotations.NullMarked;
