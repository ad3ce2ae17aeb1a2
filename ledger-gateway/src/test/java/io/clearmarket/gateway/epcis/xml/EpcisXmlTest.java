package io.clearmarket.gateway.epcis.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearmarket.gateway.epcis.EpcisProblem;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EpcisXmlTest {
    private static final Path DATA = Path.of(System.getProperty("clearmarket.root", "."))
            .resolve("../shared/data")
            .normalize();

    @ParameterizedTest
    @EnumSource
    void every_example_is_the_same_events_with_the_same_hashes_in_xml(XmlWords words) throws IOException {
        try (Stream<Path> files = Files.list(DATA.resolve("epcis/examples"))) {
            for (Path file : files.sorted().toList()) {
                EpcisDocument json = EpcisDocument.parse(Files.readAllBytes(file));
                EpcisDocument back = again(json, words);
                for (int i = 0; i < json.events().size(); i++) {
                    assertThat(back.events().get(i))
                            .as("%s %d", file.getFileName(), i)
                            .isEqualTo(bareWords(json.events().get(i)));
                }
                assertThat(EventHash.ids(back)).as("%s", file.getFileName()).isEqualTo(EventHash.ids(json));
            }
        }
    }

    @Test
    void the_hash_vectors_hold_in_xml_too() throws IOException {
        int tried = 0;
        try (Stream<Path> files = Files.list(DATA.resolve("event-hash"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonld"))
                    .filter(path -> !path.toString().contains("IgnoreFields")) // of JSON documents only
                    .toList()) {
                List<String> published =
                        Files.readAllLines(Path.of(file.toString().replace(".jsonld", ".hashes")));
                EpcisDocument xml = again(EpcisDocument.parse(Files.readAllBytes(file)), XmlWords.URN);
                assertThat(EventHash.ids(xml)).as("%s", file.getFileName()).isEqualTo(published);
                tried += published.size();
            }
        }
        assertThat(tried).isGreaterThan(20);
    }

    @Test
    void elements_stand_in_the_order_of_gs1s_schema() {
        String xml = new String(EpcisXmlWriter.write(Json.MAPPER.readTree("""
                {"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ex": "http://example.com/"}],
                 "type": "ObjectEvent", "ex:colour": "red", "ilmd": {"ex:lot": 7}, "persistentDisposition": {"set": ["expired"],
                 "unset": ["in_transit"]}, "quantityList": [{"uom": "KGM", "quantity": 2.50, "epcClass": "urn:x:1"}],
                 "sensorElementList": [{"sensorReport": [{"type": "Angle", "component": "latitude", "value": 1e2}]}],
                 "bizTransactionList": [{"bizTransaction": "urn:x:2", "type": "po"}], "readPoint": {"id": "urn:x:3"},
                 "bizStep": "shipping", "action": "ADD", "epcList": [], "eventID": "urn:x:4", "eventTimeZoneOffset": "+01:00",
                 "eventTime": "2026-01-01T00:00:00Z"}"""), XmlWords.WEB_URI), UTF_8);
        assertThat(xml)
                .startsWith(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><epcis:EPCISDocument xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\"")
                .endsWith("<EPCISBody><EventList><ObjectEvent><eventTime>2026-01-01T00:00:00Z</eventTime>"
                        + "<eventTimeZoneOffset>+01:00</eventTimeZoneOffset><eventID>urn:x:4</eventID><epcList></epcList>"
                        + "<action>ADD</action><bizStep>https://ref.gs1.org/cbv/BizStep-shipping</bizStep>"
                        + "<readPoint><id>urn:x:3</id></readPoint><bizTransactionList>"
                        + "<bizTransaction type=\"https://ref.gs1.org/cbv/BTT-po\">urn:x:2</bizTransaction></bizTransactionList>"
                        + "<quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>2.50</quantity><uom>KGM</uom>"
                        + "</quantityElement></quantityList><sensorElementList><sensorElement>"
                        + "<sensorReport type=\"gs1:Angle\" component=\"cbv:Comp-latitude\" value=\"100\"></sensorReport>"
                        + "</sensorElement></sensorElementList><persistentDisposition>"
                        + "<unset>https://ref.gs1.org/cbv/Disp-in_transit</unset><set>https://ref.gs1.org/cbv/Disp-expired</set>"
                        + "</persistentDisposition><ilmd><ex:lot xsi:type=\"xsd:integer\">7</ex:lot></ilmd>"
                        + "<ex:colour>red</ex:colour></ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>");
    }

    @Test
    void what_xml_says_otherwise_than_json_is_read_as_the_standard_means_it() {
        JsonNode document = json(
                EpcisXmlReader.document(XmlDocuments.full().getBytes(UTF_8)).toString());
        assertThat(document.path("sender").asString()).isEqualTo("urn:epc:id:sgln:4012345.00001.0");
        assertThat(document.path("@context").path(1)).isEqualTo(json("""
                {"ex": "http://ns.example.com/epcis", "ex2": "http://other.example.com/"}"""));
        JsonNode location = document.path("epcisHeader")
                .path("epcisMasterData")
                .path("vocabularyList")
                .path(0);
        assertThat(location.path("vocabularyElementList").path(0)).isEqualTo(json("""
                {"id": "urn:epc:id:sgln:4012345.00002.0", "children": ["urn:epc:id:sgln:4012345.00002.1"],
                 "attributes": [{"id": "urn:epcglobal:cbv:mda:latitude", "attribute": "+18.0000"},
                   {"id": "urn:example:hall", "attribute": {"ex:number": 3}}]}"""));
        assertThat(document.path("epcisBody").path("eventList").path(0)).isEqualTo(json("""
                {"type": "ObjectEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+01:00",
                 "certificationInfo": ["urn:x:1", "urn:x:2"], "epcList": ["urn:epc:id:sgtin:4012345.011111.987"], "action": "ADD",
                 "bizStep": "commissioning", "disposition": "https://example.com/words#fresh",
                 "quantityList": [{"epcClass": "urn:x:3"}],
                 "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}],
                 "sensorElementList": [{"sensorMetadata": {"deviceID": "urn:x:4", "ex:firmware": "2"}, "sensorReport": [
                   {"type": "Temperature", "value": 26.50, "booleanValue": true, "uom": "CEL", "exception": "ALARM_CONDITION"}],
                   "ex:shelf": "7"}],
                 "ilmd": {"cbvmda:netWeight": {"measurementUnitCode": "KGM", "#text": "3.5"}, "ex:lots": ["a", "b"]},
                 "ex2:inside": {"ex:deep": false, "plain": null}, "ex:wrapped": "yes"}"""));
    }

    @ParameterizedTest
    @EnumSource
    void each_wrong_document_is_refused_with_the_place_and_the_reason(XmlDocuments.Wrong wrong) {
        assertThatThrownBy(() -> EpcisXmlReader.document(wrong.xml().getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        EpcisProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(EpcisProblem.Kind.VALIDATION))
                .hasMessageContaining(wrong.place())
                .hasMessageContaining(wrong.reason());
    }

    @Test
    void a_name_or_value_that_xml_has_not_is_refused_or_marked_never_written_wrong() {
        ObjectNode event = (ObjectNode) Json.MAPPER.readTree("""
                {"type": "ObjectEvent", "eventTime": "2026-01-01T00:00:00Z", "eventTimeZoneOffset": "+00:00", "action": "ADD",
                 "epcList": ["urn:x:a\\u0001<&\\"b"], "https://example.com/terms#colour": "red\\nblue"}""");
        EpcisDocument back = EpcisDocument.of(EpcisXmlReader.event(EpcisXmlWriter.write(event, XmlWords.URN)));
        assertThat(back.events().getFirst().path("epcList").path(0).asString()).isEqualTo("urn:x:a\uFFFD<&\"b");
        assertThat(back.events().getFirst().path("ns1:colour").asString()).isEqualTo("red\nblue");
        event.put("cbv:no name", "x");
        assertThatThrownBy(() -> EpcisXmlWriter.write(event, XmlWords.URN))
                .hasMessageContaining("cbv:no name is no name");
    }

    @Test
    void places_in_json_are_places_in_xml() {
        assertThat(XmlPlaces.xpath("/epcisBody/eventList/2/bizTransactionList/0/type"))
                .isEqualTo("/EPCISBody/EventList/*[3]/bizTransactionList/bizTransaction[1]/@type");
        assertThat(XmlPlaces.xpath("/sensorElementList/0/sensorReport/1/value"))
                .isEqualTo("/sensorElementList/sensorElement[1]/sensorReport[2]/@value");
        assertThat(XmlPlaces.xpath("/epcList/1")).isEqualTo("/epcList/epc[2]");
        assertThat(XmlPlaces.xpath("")).isEqualTo("/");
    }

    private static JsonNode json(String text) {
        return EpcisDocument.read(text.getBytes(UTF_8));
    }

    private static EpcisDocument again(EpcisDocument json, XmlWords words) {
        byte[] xml = EpcisXmlWriter.write(json.root(), words);
        JsonNode read = json.isBareEvent() ? EpcisXmlReader.event(xml) : EpcisXmlReader.document(xml);
        return EpcisDocument.parse(Json.MAPPER.writeValueAsBytes(read));
    }

    /** One example spells a word with a prefix. */
    private static JsonNode bareWords(JsonNode event) {
        return json(event.toString().replace("\"cbv:Comp-", "\""));
    }
}
