package io.clearmarket.gateway.epcis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.gateway.epcis.xml.EpcisXmlReader;
import io.clearmarket.gateway.epcis.xml.EpcisXmlWriter;
import io.clearmarket.gateway.epcis.xml.XmlWords;
import io.clearmarket.gateway.provenance.EpcisDocument;
import io.clearmarket.gateway.provenance.EventHash;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The REST bindings in XML, against a running gateway. */
class XmlInterfaceTest {
    private static final String XML = "application/xml";
    private final EpcisClient client = EpcisClient.of("merchant");

    @Test
    void a_document_in_xml_is_captured_and_answered_as_the_same_event_in_both_forms() {
        EpcisDocument json = EpcisDocument.parse(document().getBytes(UTF_8));
        HttpResponse<String> accepted =
                client.post("/epcis/capture", xml(json), "Content-Type", "text/xml; charset=utf-8");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String job = finished(accepted.headers().firstValue("Location").orElseThrow());
        assertThat(job).contains("<epcis:EPCISCaptureJob", "success=\"true\"", "<captureErrorBehaviour>rollback<");
        String hash = EventHash.ids(json).getFirst();
        String address = "/epcis/events/" + EpcisClient.encoded(hash);
        JsonNode found = EpcisClient.events(client.get(address)).path(0);
        assertThat(found.path("epcList")).isEqualTo(json.events().getFirst().path("epcList"));
        HttpResponse<String> answer = client.get(address, "Accept", XML, "GS1-CBV-XML-Format", "Always_Web_URI");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(XML);
        assertThat(answer.body())
                .contains("<epcisq:EPCISQueryDocument", "<bizStep>https://ref.gs1.org/cbv/BizStep-receiving</bizStep>");
        EpcisDocument back =
                EpcisDocument.of(EpcisXmlReader.document(answer.body().getBytes(UTF_8)));
        assertThat(EventHash.ids(back)).containsExactly(hash);
        assertThat(client.get("/epcis/events?perPage=1", "Accept", "text/xml").body())
                .contains("<epcisq:EPCISQueryDocument");
    }

    @Test
    void one_event_in_xml_is_captured_at_once_and_is_a_duplicate_in_either_form() {
        String document = document();
        EpcisDocument json = EpcisDocument.parse(document.getBytes(UTF_8));
        HttpResponse<String> created = client.post("/epcis/events", xml(json), "Content-Type", XML, "Accept", XML);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).contains("<epcis:EPCISDocument", "<ObjectEvent>");
        assertThat(client.post("/epcis/events", xml(json), "Content-Type", XML).statusCode())
                .isEqualTo(409);
        assertThat(client.captured(document, "rollback").path("duplicates")).hasSize(1);
    }

    @Test
    void what_is_wrong_is_told_in_xml_with_its_xpath() {
        String xml = xml(EpcisDocument.parse(document().getBytes(UTF_8)));
        problem(xml.replace("<action>OBSERVE<", "<action>EAT<"), "/EPCISBody/EventList/*[1]/action", "/epcis/capture");
        problem(xml.replace("<action>OBSERVE<", "<action>EAT<"), "/action: ", "/epcis/events");
        problem(xml.replace("action>", "deed>"), "/ObjectEvent/deed (line 1): is no element", "/epcis/events");
        problem(xml.replace("<epcis:EPCISDocument", "<!DOCTYPE a><epcis:EPCISDocument"), "DOCTYPE", "/epcis/capture");
        assertThat(client.get("/epcis/events", "Accept", "no`media; type").statusCode())
                .isEqualTo(406);
        HttpResponse<String> names = client.get("/epcis/bizSteps", "Accept", XML);
        assertThat(names.statusCode()).isEqualTo(406);
        assertThat(names.body()).contains("<type>epcisException:NotAcceptableException</type>");
        assertThat(client.get("/epcis/events", "Accept", XML, "GS1-CBV-XML-Format", "Never_Translates")
                        .statusCode())
                .isEqualTo(406);
    }

    /** A job's faults are found later than those of the document around the events. */
    private void problem(String xml, String place, String path) {
        HttpResponse<String> answer = client.post(path, xml, "Content-Type", XML, "Accept", XML);
        if (answer.statusCode() == 202) {
            assertThat(finished(answer.headers().firstValue("Location").orElseThrow()))
                    .contains(
                            "success=\"false\"",
                            "<errors><error><type>epcisException:ValidationException</type>",
                            place);
            return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).isEqualTo("application/problem+xml");
        assertThat(answer.body())
                .contains("<epcis:EPCISException", "<type>epcisException:ValidationException</type>", place);
    }

    private String finished(String location) {
        String job = "running=\"true\"";
        for (int i = 0; i < 3000 && job.contains("running=\"true\""); i++) {
            EpcisClient.pause();
            job = client.get(location, "Accept", XML).body();
        }
        return job;
    }

    private static String document() {
        return InvalidDocuments.of(
                InvalidDocuments.sound(UUID.randomUUID().toString().substring(0, 12)));
    }

    private static String xml(EpcisDocument document) {
        return new String(EpcisXmlWriter.write(document.root(), XmlWords.URN), UTF_8);
    }
}
