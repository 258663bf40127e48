"""Edits of known quality by segmentation, blending and warping (OpenCV), on photos that the caller names.

Usage: opencv_edits.py PHOTOS OUTPUT [items] [seed]. PHOTOS holds the photos of Debian's lomiri-wallpapers-16.04 and
-20.04 (see SUBJECTS); OUTPUT gets manifest.jsonl, truth.jsonl and images, in the form that org.diptych.reward.EditSet reads.

Photos and tools are neither ScriptedCampaign's nor those of imagemagick_edits.py. Requests recur in other words (adding, removing and
recolouring a thing, lettering, night, fog, sunset, pencil and paint), and so do ways to fail with their levels (the source again, another
wish, too weak, in part, too much, another text, misspelt). Levels are by construction. A thing that is put into a picture is cut out of
another of the photos. Needs python3-opencv.
"""
import json
import os
import sys

import cv2
import numpy as np

SIDE = 480
# name of the photo, its main thing and where that lies (left, top, right, bottom, as shares), or nothing that can be cut out
SUBJECTS = {
    "Bridge_by_Sander_Klootwijk": None,
    "Dragonfly_by_Bolly": None,
    "Kleiber_by_Lukas_Baubkus": ("bird", (.38, .33, .56, .68)),
    "Picture_0B_by_freespace": ("fig", (.39, .31, .75, .77)),
    "Picture_1A_by_freespace": ("blue brush", (.0, .03, .35, .97)),
    "Wine_by_Jakkub_Mede": ("bottle", (.45, .14, .55, .46)),
    "aitzgorri_by_Aitzol_Berasategi": ("fir", (.65, .36, .81, .68)),
    "free_by_Peter_Nerlich": ("wooden bird", (.22, .55, .69, .80)),
    "friends_by_Aitzol_Berasategi": ("dog", (.28, .21, .54, .47)),
    "greentock_by_Peter_Nerlich": ("dark disc", (.47, .38, .73, .66)),
    "life_by_Aitzol_Berasategi": None,
    "picosdeeuropa_by_Aitzol_Berasategi": ("cloud", (.08, .03, .42, .36)),
    "seeding_by_Clements_Engelhardt": ("dandelion", (.13, .01, .47, .62)),
    "sunset_by_Aitzol_Berasategi": ("stone table", (.60, .60, .92, .80)),
}
CUTOUTS = ["Kleiber_by_Lukas_Baubkus", "Picture_0B_by_freespace", "free_by_Peter_Nerlich", "friends_by_Aitzol_Berasategi",
           "seeding_by_Clements_Engelhardt", "Wine_by_Jakkub_Mede"]
HUES = {"red": 0, "orange": 14, "green": 60, "turquoise": 90, "blue": 118, "purple": 145, "pink": 165}
SIGNS = ["OPEN", "Welcome home", "SALE 50%", "Hotel Luna", "No parking", "Happy birthday", "EXIT", "Anna & Tom"]


class Photos:
    """The photos, their things cut out once."""

    def __init__(self, folder):
        self.images, self.masks = {}, {}
        for name, subject in SUBJECTS.items():
            image = cv2.imread(os.path.join(folder, name + ".jpg"))
            scale = SIDE / max(image.shape[:2])
            self.images[name] = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            if subject:
                self.masks[name] = self.cut(self.images[name], subject[1])

    @staticmethod
    def cut(image, box):
        h, w = image.shape[:2]
        left, top, right, bottom = (int(v * s) for v, s in zip(box, (w, h, w, h)))
        mask = np.zeros((h, w), np.uint8)
        cv2.setRNGSeed(1)
        cv2.grabCut(image, mask, (left, top, right - left, bottom - top), np.zeros((1, 65)), np.zeros((1, 65)), 6,
                    cv2.GC_INIT_WITH_RECT)
        mask = np.where((mask == 1) | (mask == 3), 255, 0).astype(np.uint8)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
        return cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))


def soft(mask, sigma=1.5):
    return cv2.GaussianBlur(mask, (0, 0), sigma).astype(np.float32)[..., None] / 255


def mix(below, above, alpha):
    return np.clip(below * (1 - alpha) + above * alpha, 0, 255).astype(np.uint8)


def in_lab(image, change):
    lab = cv2.cvtColor(image, cv2.COLOR_BGR2LAB).astype(np.float32)
    return cv2.cvtColor(np.clip(change(lab), 0, 255).astype(np.uint8), cv2.COLOR_LAB2BGR)


def recoloured(image, mask, hue):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    hsv[..., 0] = hue
    hsv[..., 1] = np.clip(hsv[..., 1].astype(int) * .5 + 110, 0, 255)
    return mix(image, cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR), soft(mask))


def paste(image, photos, name, centre, height, blend="soft"):
    """Puts the cut-out thing of a photo into another at a height given as a share."""
    mask, picture = photos.masks[name], photos.images[name]
    ys, xs = np.where(mask > 0)
    part = np.s_[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    mask, picture = mask[part], picture[part]
    h, w = image.shape[:2]
    scale = height * h / mask.shape[0]
    size = (max(4, int(mask.shape[1] * scale)), max(4, int(mask.shape[0] * scale)))
    mask, picture = cv2.resize(mask, size), cv2.resize(picture, size)
    if blend == "box":
        mask = np.full_like(mask, 255)
    if blend == "halo":
        mask = cv2.dilate(mask, np.ones((9, 9), np.uint8))
    layer, alpha = np.zeros_like(image), np.zeros((h, w), np.uint8)
    x, y = int(centre[0] * w - size[0] / 2), int(centre[1] * h - size[1] / 2)
    x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + size[0]), min(h, y + size[1])
    if x0 < x1 and y0 < y1:
        layer[y0:y1, x0:x1] = picture[y0 - y:y1 - y, x0 - x:x1 - x]
        alpha[y0:y1, x0:x1] = mask[y0 - y:y1 - y, x0 - x:x1 - x]
    if blend in ("box", "halo"):
        return mix(image, layer, (alpha[..., None] > 127).astype(np.float32))
    inside = alpha > 127
    # half of the way to the light of the place
    shift = (image[inside].mean(0) - layer[inside].mean(0)) * .25 if inside.any() else 0
    return mix(image, np.clip(layer + shift, 0, 255), soft(alpha, 1))


def lettered(image, text, spot, colour, size=1.0):
    out = image.copy()
    h, w = out.shape[:2]
    scale = size * w / 480 * 1.4
    cv2.putText(out, text, (int(spot[0] * w), int(spot[1] * h)), cv2.FONT_HERSHEY_COMPLEX, scale, colour,
                max(1, int(2 * scale)), cv2.LINE_AA)
    return out


def warped(image, random, pixels, coarse):
    """Moves everything smoothly at random, as networks do that draw a picture anew."""
    h, w = image.shape[:2]
    fields = [cv2.resize(random.normal(0, pixels, (coarse, coarse)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
              for _ in range(2)]
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    return cv2.remap(image, x + fields[0], y + fields[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def drifted(image, random, amount):
    """Textures redrawn, a cast, small shifts: what an edit through a latent space leaves of the rest."""
    smooth = cv2.fastNlMeansDenoisingColored(image, None, 3 + 6 * amount, 6 * amount + 3, 5, 13)
    cast = random.normal(0, 4 * amount, 3)
    smooth = in_lab(warped(smooth, random, .8 * amount, 9), lambda lab: lab + cast)
    grain = cv2.GaussianBlur(random.normal(0, 14 * amount, image.shape).astype(np.float32), (0, 0), 1.2)
    return np.clip(smooth + grain, 0, 255).astype(np.uint8)


def pinched(image, box, random):
    """Another face on the same body: the thing in the box is bent."""
    h, w = image.shape[:2]
    cx, cy = (box[0] + box[2]) / 2 * w, (box[1] + box[3]) / 2 * h
    rx, ry = max(8, (box[2] - box[0]) / 2 * w), max(8, (box[3] - box[1]) / 2 * h)
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    r = np.clip(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2, 0, 1)
    turn = (1 - r) * random.choice([-1, 1]) * random.uniform(.9, 1.5)
    squeeze = 1 - .45 * (1 - r)
    nx = cx + ((x - cx) * np.cos(turn) - (y - cy) * np.sin(turn)) * squeeze
    ny = cy + ((x - cx) * np.sin(turn) + (y - cy) * np.cos(turn)) * squeeze
    return cv2.remap(image, nx.astype(np.float32), ny.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def mushy(image, factor):
    h, w = image.shape[:2]
    small = cv2.resize(image, (w // factor, h // factor), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


def ringing(image, amount):
    return np.clip(image + amount * (image.astype(np.float32) - cv2.GaussianBlur(image, (0, 0), 2.5)), 0, 255).astype(np.uint8)


def ghosted(image, source):
    h, w = image.shape[:2]
    source = cv2.resize(source, (w, h))
    return mix(image, cv2.warpAffine(source, np.float32([[1, 0, 7], [0, 1, 4]]), (w, h), borderMode=cv2.BORDER_REFLECT),
               np.float32(.42))


def cartoon(image):
    flat = image
    for _ in range(4):
        flat = cv2.bilateralFilter(flat, 7, 40, 7)
    grey = cv2.medianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 5)
    edges = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 9, 4)
    return cv2.bitwise_and(flat, cv2.cvtColor(edges, cv2.COLOR_GRAY2BGR))


def fog(image):
    h, w = image.shape[:2]
    depth = np.linspace(.85, .35, h, dtype=np.float32)[:, None, None] * np.ones((1, w, 1), np.float32)
    return mix(image, np.full_like(image, 222), depth)


def evening(image):
    def change(lab):
        lab[..., 0] *= .62
        lab[..., 1] += 14
        lab[..., 2] += 26
        return lab
    return in_lab(image, change)


def moonlit(image):
    def change(lab):
        lab[..., 0] = lab[..., 0] ** 1.25 * 255 ** -.25 * .45
        lab[..., 1] = 128 + (lab[..., 1] - 128) * .3
        lab[..., 2] = 128 + (lab[..., 2] - 128) * .3 - 18
        return lab
    return in_lab(image, change)


def pencil(image):
    return cv2.pencilSketch(image, sigma_s=40, sigma_r=.07, shade_factor=.05)[1]


WHOLE = {
    "cartoon": (cartoon, ["make it look like a cartoon", "turn the photo into a comic panel"]),
    "watercolour": (lambda i: cv2.stylization(i, sigma_s=60, sigma_r=.45),
                    ["paint this as a watercolour", "restyle the image as a watercolor painting"]),
    "pencils": (pencil, ["redraw it with coloured pencils", "convert to a colored pencil drawing"]),
    "fog": (fog, ["a thick fog has come in", "let it be foggy"]),
    "evening": (evening, ["same scene at golden hour, just before dark", "shift the time of day to sunset"]),
    "moon": (moonlit, ["same scene by moonlight", "what would this look like in the middle of the night?"]),
}


class Maker:
    """Makes the items one by one."""

    def __init__(self, photos, output, seed):
        self.photos, self.output = photos, output
        self.random = np.random.default_rng(seed)
        self.manifest, self.truth = [], []

    def pick(self, values):
        return values[int(self.random.integers(len(values)))]

    def whole(self, name):
        source = self.photos.images[name]
        kind = self.pick(list(WHOLE))
        step, words = WHOLE[kind]
        other = WHOLE[self.pick([k for k in WHOLE if k != kind])][0]
        done = step(source)
        return kind, self.pick(words), source, done, {
            "weak": (2, 4, mix(source, done, np.float32(.3))),
            "left out a part": (2, 3, self.half(source, done)),
            "other wish": (1, 4, other(source)),
            "and another": (2, 3, other(done)),
        }

    def half(self, source, done):
        w = source.shape[1]
        ramp = np.clip((np.arange(w) - w * self.random.uniform(.4, .6)) / 40 + .5, 0, 1).astype(np.float32)[None, :, None]
        return mix(done, source, ramp)

    def spot(self):
        return (float(self.random.uniform(.2, .8)), float(self.random.uniform(.35, .75)))

    def add(self, name):
        source = self.photos.images[name]
        thing = self.pick([c for c in CUTOUTS if c != name])
        other = self.pick([c for c in CUTOUTS if c not in (name, thing)])
        label, wrong = SUBJECTS[thing][0], SUBJECTS[other][0]
        spot, height = self.spot(), float(self.random.uniform(.22, .36))
        put = lambda what=thing, size=height, blend="soft": paste(source, self.photos, what, spot, size, blend)
        return "add", self.pick(["add a %s", "there should be a %s in the picture", "insert one %s"]) % label, source, put(), {
            "wrong object": (1, 4, put(other)),
            "giant": (2, 2, put(size=height * 2.7)),
            "tiny": (2, 3, put(size=height * .25)),
            "cut out with its box": (4, 1, put(blend="box")),
            "halo": (4, 2, put(blend="halo")),
            "both": (2, 3, paste(put(), self.photos, other, self.spot(), height)),
        }

    def remove(self, name):
        clean = self.photos.images[name]
        thing = self.pick([c for c in CUTOUTS if c != name])
        spot, height = self.spot(), float(self.random.uniform(.25, .4))
        source = paste(clean, self.photos, thing, spot, height)
        gap = np.where(np.abs(source.astype(int) - clean).max(2) > 6, 255, 0).astype(np.uint8)
        gap = cv2.dilate(gap, np.ones((9, 9), np.uint8))
        smeared = cv2.inpaint(source, gap, 9, cv2.INPAINT_TELEA)
        upper = gap.copy()
        upper[:int(spot[1] * clean.shape[0])] = 0
        return "remove", self.pick(["take the %s out", "the %s should not be there", "erase %s"]) % SUBJECTS[thing][0], \
            source, clean, {
                "smeared": (4, 2, smeared),
                "half of it": (2, 3, cv2.inpaint(source, upper, 5, cv2.INPAINT_NS)),
                "painted over": (3, 1, np.where(gap[..., None] > 0, source[gap == 0].mean(0), source).astype(np.uint8)),
                "shadow left": (3, 2, mix(clean, source, np.float32(.35))),
                "another thing": (1, 4, paste(clean, self.photos,
                                              self.pick([c for c in CUTOUTS if c not in (name, thing)]), spot, height)),
            }

    def recolour(self, name):
        source, mask = self.photos.images[name], self.photos.masks[name]
        label, box = SUBJECTS[name]
        colours = list(HUES)
        colour = self.pick(colours)
        other = self.pick([c for c in colours if abs(HUES[c] - HUES[colour]) > 25])
        done = recoloured(source, mask, HUES[colour])
        everything = np.full_like(mask, 255)
        return "recolour", self.pick(["the %s in %s, please", "turn the %s %s", "what about a %s that is %s?"]) % (label, colour), \
            source, done, {
                "other colour": (2, 4, recoloured(source, mask, HUES[other])),
                "all of it": (2, 3, recoloured(source, everything, HUES[colour])),
                "the rest": (1, 3, recoloured(source, 255 - mask, HUES[colour])),
                "spilled": (3, 2, recoloured(source, cv2.dilate(mask, np.ones((31, 31), np.uint8)), HUES[colour])),
                "weak": (2, 4, mix(source, done, np.float32(.25))),
            }

    def around(self, name):
        source, mask = self.photos.images[name], self.photos.masks[name]
        label = SUBJECTS[name][0]
        grey = cv2.cvtColor(cv2.cvtColor(source, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        blurred = cv2.GaussianBlur(source, (0, 0), 7)
        step, words = (grey, "only the %s keeps its colour") if self.random.random() < .5 else (blurred, "portrait mode on the %s")
        other = blurred if step is grey else grey
        keep = soft(mask, 2)
        return "around", words % label, source, mix(step, source, keep), {
            "thing too": (2, 3, step),
            "inside out": (1, 3, mix(source, step, keep)),
            "other effect": (1, 4, mix(other, source, keep)),
            "weak": (2, 4, mix(source, mix(step, source, keep), np.float32(.3))),
            "and the other": (2, 3, mix(mix(step, other, np.float32(.6)), source, keep)),
        }

    def replace(self, name):
        clean = self.photos.images[name]
        first, second, third = self.random.permutation([c for c in CUTOUTS if c != name])[:3]
        spot, height = self.spot(), float(self.random.uniform(.25, .38))
        put = lambda what, size=height, blend="soft": paste(clean, self.photos, what, spot, size, blend)
        source = put(first)
        return "replace", self.pick(["swap the %s for a %s", "a %s was here, make it a %s"]) % (
            SUBJECTS[first][0], SUBJECTS[second][0]), source, put(second), {
                "wrong object": (1, 4, put(third)),
                "only taken out": (2, 4, clean),
                "on top": (2, 2, paste(source, self.photos, second, spot, height * .8)),
                "giant": (2, 2, put(second, height * 2.4)),
                "halo": (4, 2, put(second, blend="halo")),
            }

    def text(self, name):
        source = self.photos.images[name]
        text, other = (str(t) for t in self.random.permutation(SIGNS)[:2])
        spot = (float(self.random.uniform(.05, .25)), float(self.random.uniform(.2, .85)))
        colour = tuple(int(v) for v in self.random.integers(0, 256, 3))
        put = lambda what=text, size=1.0: lettered(source, what, spot, colour, size)
        letters = list(text)
        a, b = sorted(self.random.choice(len(letters), 2, replace=False))
        letters[a], letters[b] = letters[b], letters[a]
        misspelt = "".join(letters) if "".join(letters) != text else text[:-2] + text[-1] + text[-1]
        return "text", self.pick(['write "%s" across it', 'it should read "%s"', 'letters: "%s"']) % text, source, put(), {
            "other text": (1, 4, put(other)),
            "misspelt": (2, 4, put(misspelt)),
            "tiny": (3, 3, put(size=.3)),
            "out of the picture": (2, 2, put(size=3.2)),
            "twice": (3, 3, lettered(put(), text, (spot[0], (spot[1] + .4) % .9 + .05), colour)),
        }

    def item(self, number):
        name = self.pick(list(SUBJECTS))
        makers = [self.whole, self.add, self.remove, self.replace, self.text]
        if SUBJECTS[name]:
            makers += [self.recolour, self.recolour, self.around]
        kind, words, source, done, own = self.pick(makers)(name)
        box = SUBJECTS[name][1] if SUBJECTS[name] else (.3, .3, .7, .7)
        ways = {
            "done": (4, 4, done), "source": (1, 4, source),
            "drift": (3, 3, drifted(done, self.random, 1)), "strong drift": (2, 2, drifted(done, self.random, 2.3)),
            "redrawn source": (1, 3, drifted(source, self.random, 1)), "identity": (2, 2, pinched(done, box, self.random)),
            "mushy": (4, 2, mushy(done, 3)), "very mushy": (3, 1, mushy(done, 7)), "ringing": (4, 2, ringing(done, 2.2)),
            "ghost": (3, 2, ghosted(done, source)), "bent": (3, 1, warped(done, self.random, 9, 14)),
            "shifted": (3, 4, cv2.resize(done[6:-2, 4:-9], done.shape[1::-1], interpolation=cv2.INTER_CUBIC)),
            "source, mushy": (1, 2, mushy(source, 4)),
        }
        chosen = ["done"] if self.random.random() < .8 else []
        specific = list(self.random.permutation(list(own)))[:2 + int(self.random.integers(2))]
        general = [str(w) for w in self.random.permutation(list(ways)) if w not in chosen]
        ways.update(own)
        chosen = (chosen + [str(s) for s in specific] + general)[:6]
        self.random.shuffle(chosen)
        id = "o%03d" % number
        self.write(id + "-src", source, 93)
        candidates = []
        for letter, way in zip("abcdef", chosen):
            following, quality, image = ways[way]
            self.write(id + "-" + letter, image, int(self.random.integers(86, 96)))
            path = "images/%s-%s.jpg" % (id, letter)
            candidates.append({"model": way, "image": path})
            self.truth.append({"id": id, "image": path, "kind": way, "instruction_following": following,
                               "visual_quality": quality})
        self.manifest.append({"id": id, "instruction": words, "concept": kind, "photo": name,
                              "source": "images/%s-src.jpg" % id, "candidates": candidates})

    def write(self, name, image, quality):
        cv2.imwrite(os.path.join(self.output, "images", name + ".jpg"), image, [cv2.IMWRITE_JPEG_QUALITY, quality])


def main():
    output = sys.argv[2]
    os.makedirs(os.path.join(output, "images"), exist_ok=True)
    cv2.setNumThreads(1)
    maker = Maker(Photos(sys.argv[1]), output, int(sys.argv[4]) if len(sys.argv) > 4 else 11)
    for number in range(int(sys.argv[3]) if len(sys.argv) > 3 else 70):
        maker.item(number)
    for name, lines in (("manifest", maker.manifest), ("truth", maker.truth)):
        with open(os.path.join(output, name + ".jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)


if __name__ == "__main__":
    main()
