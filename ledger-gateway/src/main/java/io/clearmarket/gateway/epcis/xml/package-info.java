/**
 * EPCIS 2.0 in XML (GS1's schemas EPCglobal-epcis-2_0 and EPCglobal-epcis-query-2_0): read into the JSON-LD that everything else here works on,
 * and written from it. One event has the same hash in either form.
 */
@NullMarked
package io.clearmarket.gateway.epcis.xml;

import org.jspecify.annotations.NullMarked;
