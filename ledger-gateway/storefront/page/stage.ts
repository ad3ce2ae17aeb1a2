import {
  Box3, DirectionalLight, HemisphereLight, type Object3D, PerspectiveCamera, Scene, Sphere, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

const FIELD_OF_VIEW = 40;
const FROM = new Vector3(0.6, 0.4, 1).normalize();
/** Of a turn by an arrow key, in radians. */
const TURN = Math.PI / 12;

/** A camera that sees all of it, a little from above. */
function camera({ center, radius }: Sphere): PerspectiveCamera {
  const distance = radius / Math.sin((FIELD_OF_VIEW / 2) * (Math.PI / 180));
  const made = new PerspectiveCamera(FIELD_OF_VIEW, 1, distance / 100, distance * 10);
  made.position.copy(center).addScaledVector(FROM, distance);
  return made;
}

/** Turns it about its middle, for those who have no pointer. */
function turn(model: Object3D, key: string): boolean {
  if (key === "ArrowLeft") model.rotation.y -= TURN;
  else if (key === "ArrowRight") model.rotation.y += TURN;
  else if (key === "ArrowUp") model.rotation.x -= TURN;
  else if (key === "ArrowDown") model.rotation.x += TURN;
  else return false;
  return true;
}

/**
 * Draws a binary glTF in the section's `.stage`; pointer, touch and arrow keys turn it. Nothing moves by itself.
 *
 * @throws if the file needs what this browser or glTF 2.0 without compression does not have
 */
export async function stage(section: HTMLElement, glb: Uint8Array<ArrayBuffer>, label: string): Promise<void> {
  const { scene: model } = await new GLTFLoader().parseAsync(glb.buffer, "");
  const sphere = new Box3().setFromObject(model).getBoundingSphere(new Sphere());
  const scene = new Scene();
  scene.add(model, new HemisphereLight(0xffffff, 0x888888, 2));
  const light = new DirectionalLight(0xffffff, 2);
  light.position.copy(FROM);
  scene.add(light);
  const renderer = new WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
  const eye = camera(sphere);
  const canvas = renderer.domElement;
  const draw = (): void => renderer.render(scene, eye);
  const fit = (): void => {
    renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    renderer.setSize(box.clientWidth, box.clientHeight);
    eye.aspect = box.clientWidth / box.clientHeight;
    eye.updateProjectionMatrix();
    draw();
  };
  const controls = new OrbitControls(eye, canvas);
  controls.target.copy(sphere.center);
  controls.update();
  controls.addEventListener("change", draw);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  canvas.addEventListener("keydown", (event) => {
    if (!turn(model, event.key)) return;
    event.preventDefault();
    draw();
  });
  const box = section.querySelector<HTMLElement>(".stage")!;
  box.hidden = false;
  box.replaceChildren(canvas);
  new ResizeObserver(fit).observe(box);
  fit();
}
