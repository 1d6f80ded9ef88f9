"""Common first names and family names of many origins, put together at random: nobody in particular."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Origin:
    """Names that go together. ``language`` is the one such a household chose for its letters."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    language: str = "fr"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


ORIGINS: dict[str, Origin] = {
    "french": Origin(
        _names(
            "Claire, Sophie, Anne-Laure, Hélène, Camille, Élodie, Mathilde, Juliette, Chloé, Agnès, "
            "Marie-France, Solène, Bérénice, Noémie, Inès, Margaux, Léonie, Manon, Gaëlle, Françoise"
        ),
        _names(
            "Mathieu, Julien, Jean-Marc, Étienne, Rémi, Thibault, Gaël, François, Loïc, Antoine, "
            "Pierre-Yves, Hugo, Jules, Benoît, Cédric, Raphaël, Timothée, Noël, Gabin, Bastien"
        ),
        _names(
            "Aubrac, Lestrade, Le Goff, Fontaine, Mercier, Lefèvre, Périgord, Delahaye, Saint-Aubin, "
            "Rousselot, Chauvin, Béranger, de La Roche, Garnier, Vasseur, Tessier, Marchand, Hervé, "
            "Charpentier, Dumoulin, Grandjean, Carpentier, L’Hostis, Maréchal, Poirier"
        ),
    ),
    "canadian": Origin(
        _names("Geneviève, Marie-Ève, Audrey, Josée, Maude, Florence, Rosalie, Megan"),
        _names("Félix, Guillaume, Olivier, Marc-André, Samuel, Xavier, Jérémie, Tristan"),
        _names("Tremblay, Gagnon, Bouchard, Pelletier, Lachance, Desrosiers, Lavoie, Thériault"),
    ),
    "west african": Origin(
        _names("Awa, Aminata, Fatou, Mariama, Aïssatou, Adjoua, Ndèye, Rokhaya, Akissi, Ramatou"),
        _names(
            "Mamadou, Ousmane, Cheikh, Kouassi, Abdoulaye, Moussa, Koffi, Ibrahima, Seydou, Yao"
        ),
        _names(
            "Ndiaye, Diop, Koné, N’Guessan, Traoré, Sarr, Ouattara, Ba, Kouamé, D’Almeida, Faye"
        ),
    ),
    "maghrebi": Origin(
        _names("Nadia, Salma, Yasmine, Leïla, Houda, Meryem, Samira, Amel, Ghita, Rim"),
        _names("Karim, Youssef, Mehdi, Anis, Rachid, Tarik, Sofiane, Walid, Hicham, Nabil"),
        _names(
            "Benali, El Mansouri, Cherif, Haddad, Tazi, Bouzid, Ben Salah, Amrani, Zeroual, Mokrani"
        ),
    ),
    "levantine": Origin(
        _names("Rita, Maya, Joumana, Carole, Zeina, Nour, Mireille, Hala"),
        _names("Georges, Elie, Ziad, Marwan, Fadi, Rami, Charbel, Samir"),
        _names("Khoury, Haddad, Nassar, Rizk-Roux, Sfeir, Abou Jaoudé, Maalouf, Tabet"),
    ),
    "vietnamese": Origin(
        _names("Lan, Thuy, Mai, Linh, Huong, Ngoc, Kim-Anh, Phuong"),
        _names("Minh, Tuan, Quang, Duc, Long, Hai, Khanh, Bao"),
        _names("Nguyen, Tran, Pham, Le Van, Hoang, Vu, Dang, Bui"),
    ),
    "latin american": Origin(
        _names(
            "Lucía, Valentina, Camila, Ximena, Fernanda, Daniela, Paola, Rocío, Itzel, Milagros"
        ),
        _names("Diego, Andrés, Joaquín, Sebastián, Mateo, Álvaro, Ramiro, Nicolás, Emiliano, Iván"),
        _names(
            "Ramírez, Flores Quispe, Gutiérrez, Muñoz, Castañeda, Ortega Ruiz, Vargas, Peña, Salas"
        ),
    ),
    "portuguese": Origin(
        _names("Beatriz, Mariana, Joana, Larissa, Inês, Fernanda, Débora, Letícia"),
        _names("João, Tiago, Rafael, Gustavo, Caio, Bruno, Luís, Vinícius"),
        _names(
            "da Silva, Almeida, Ferreira Lopes, Nogueira, Cardoso, dos Santos, Teixeira, Araújo"
        ),
    ),
    "british": Origin(
        _names("Emily, Charlotte, Hannah, Fiona, Alice, Megan, Niamh, Rebecca, Georgina, Isla"),
        _names("James, Oliver, Callum, Edward, Rory, Thomas, Owen, Liam, Duncan, Patrick"),
        _names(
            "Whitfield, O’Connor, Hughes, MacAllister, Barrow, Fletcher, Ashworth, Pryce, Kerr, Doyle"
        ),
        language="en",
    ),
    "east african": Origin(
        _names("Wanjiru, Akinyi, Grace, Faith, Amina, Njeri, Zawadi, Esther"),
        _names("Kamau, Otieno, Brian, Daniel, Juma, Kiprop, Mwangi, Peter"),
        _names("Kimani, Odhiambo, Wambui, Mutua, Njoroge, Cheruiyot, Achieng, Mwakio"),
        language="en",
    ),
    "south asian": Origin(
        _names("Priya, Anjali, Kavita, Meera, Sunita, Deepa, Ayesha, Radhika"),
        _names("Arjun, Rohan, Vikram, Sanjay, Imran, Nikhil, Suresh, Anand"),
        _names("Sharma, Iyer, Patel, Menon, Khan, Banerjee, Rao, Fernando"),
        language="en",
    ),
    "chinese": Origin(
        _names("Mei Ling, Xiaoyan, Hui Min, Jia Yi, Li Na, Wen, Shu Fen, Yan"),
        _names("Wei Jie, Jun, Kai Wen, Zhiwei, Ming, Chee Keong, Hao, Bo"),
        _names("Tan, Lim, Wong, Chen, Zhang, Ng, Ong, Liang"),
        language="en",
    ),
    "japanese": Origin(
        _names("Yuki, Haruka, Aiko, Naomi, Sakura, Emi, Keiko, Mariko"),
        _names("Kenji, Takumi, Hiroshi, Daichi, Ryo, Satoshi, Yuta, Makoto"),
        _names("Sato, Takahashi, Kobayashi, Mori, Ishikawa, Hayashi, Yamada, Ueno"),
        language="en",
    ),
    "germanic": Origin(
        _names("Katharina, Anneke, Ursula, Greta, Ingrid, Silke, Femke, Astrid"),
        _names("Lukas, Jürgen, Pieter, Stefan, Matthias, Bram, Henrik, Björn"),
        _names("Müller, van den Berg, Schäfer, Lindqvist, Weiß, Baumann, de Vries, Hofstetter"),
        language="en",
    ),
    "oceanian": Origin(
        _names("Moana, Teura, Vaimiti, Hinano, Maëva, Heipua, Wanda, Poema"),
        _names("Teva, Manutea, Tamatoa, Waïa, Heimana, Ariitea, Jone, Maui"),
        _names(
            "Teriierooiterai, Wamytan-Brun, Tehei, Tuilagi, Hnaweo, Maiau, Tavita, Nakamura-Tau"
        ),
    ),
}


def first_name(rng: Random, origin: str, *, woman: bool) -> str:
    names = ORIGINS[origin]
    return rng.choice(names.women if woman else names.men)


def family_name(rng: Random, origin: str) -> str:
    return rng.choice(ORIGINS[origin].families)
