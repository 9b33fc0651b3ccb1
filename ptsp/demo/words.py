"""What people write in the fields: reasons, opinions, points looked at. Indonesian, because papers print them."""

DECLINED = (
    "Sedang bertugas di luar kota pada pekan tersebut",
    "Mengikuti pendidikan dan pelatihan",
    "Menangani berkas lain yang mendesak",
)
WITHDRAWN = (
    "Rencana usaha dibatalkan oleh pemohon",
    "Pemohon pindah ke lokasi lain",
    "Pemohon akan mengajukan kembali tahun depan",
)
REFUSED = (
    "Lokasi yang dimohon tidak sesuai dengan peruntukan ruang dalam rencana tata ruang kota",
    "Terdapat sengketa kepemilikan atas tempat yang dimohon yang belum diselesaikan",
    "Kegiatan yang dimohon tidak sesuai dengan klasifikasi izin yang diajukan",
)
WRONG = ("Tidak terbaca, mohon dipindai ulang", "Masa berlakunya sudah lewat", "Belum ditandatangani")
MISSING = "Belum dilampirkan"
POINTS = (
    "Kesesuaian dengan rencana tata ruang",
    "Kelengkapan gambar dan dokumen teknis",
    "Keadaan di lapangan sesuai permohonan",
    "Tidak mengganggu kepentingan umum",
    "Sarana keselamatan dan kebakaran",
)
OPINIONS = {
    "recommended": "Dapat direkomendasikan untuk diterbitkan izinnya",
    "correction": "Dokumen teknis perlu diperbaiki sebelum dapat direkomendasikan",
    "refused": "Tidak dapat direkomendasikan karena tidak memenuhi ketentuan teknis",
}
MEETING_ROOM = "Ruang rapat BPPT Kota Bekasi"
